using System.Runtime.InteropServices;

namespace PedAtt.Eds.Benchmarks;

/// <summary>OpenSSL with Debian's libengine-gost-openssl, called in this process: the other side of the
/// comparison.</summary>
internal sealed partial class GostEngine : IDisposable
{
    private const string Library = "libcrypto.so.3";
    private const ulong DynamicEngines = 0x400;
    private const uint AllMethods = 0xFFFF;

    /// <summary>SubjectPublicKeyInfo with the Russian OIDs of the same curve, up to the key's bytes.</summary>
    private const string KeyHeader =
        "3081aa302106082a85030701010102301506092a850307010201020106082a8503070101020303818400048180";

    private readonly nint _engine;
    private readonly nint _digest;
    private readonly nint _key;
    private readonly nint _context;

    private GostEngine(nint engine, byte[] key)
    {
        _engine = engine;
        _digest = Require(ENGINE_get_digest(engine, OBJ_txt2nid("md_gost12_512")));
        byte[] info = [.. Convert.FromHexString(KeyHeader), .. key];
        unsafe
        {
            fixed (byte* start = info)
            {
                var at = start;
                _key = Require(d2i_PUBKEY(0, &at, info.Length));
            }
        }
        _context = Require(EVP_PKEY_CTX_new(_key, engine));
        Require(EVP_PKEY_verify_init(_context));
    }

    public static GostEngine Open(byte[] key)
    {
        _ = OPENSSL_init_crypto(DynamicEngines, 0);
        var engine = ENGINE_by_id("gost");
        if (engine == 0 || ENGINE_init(engine) != 1 || ENGINE_set_default(engine, AllMethods) != 1)
        {
            throw new InvalidOperationException("no gost engine here: install libengine-gost-openssl");
        }
        return new GostEngine(engine, key);
    }

    public byte[] Hash(byte[] data)
    {
        var digest = new byte[64];
        Require(EVP_Digest(data, data.Length, digest, 0, _digest, _engine));
        return digest;
    }

    /// <summary>Its signatures are ours turned round.</summary>
    public bool Verify(byte[] digest, byte[] signature)
    {
        Span<byte> turned = stackalloc byte[128];
        signature.CopyTo(turned);
        turned.Reverse();
        return EVP_PKEY_verify(_context, turned, 128, digest, 64) == 1;
    }

    public void Dispose()
    {
        EVP_PKEY_CTX_free(_context);
        EVP_PKEY_free(_key);
    }

    private static nint Require(nint result) =>
        result is not (0 or -1) ? result : throw new InvalidOperationException("OpenSSL refused");

    [LibraryImport(Library)]
    private static partial int OPENSSL_init_crypto(ulong options, nint settings);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ENGINE_by_id(string id);

    [LibraryImport(Library)]
    private static partial int ENGINE_init(nint engine);

    [LibraryImport(Library)]
    private static partial int ENGINE_set_default(nint engine, uint flags);

    [LibraryImport(Library)]
    private static partial nint ENGINE_get_digest(nint engine, int nid);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OBJ_txt2nid(string name);

    [LibraryImport(Library)]
    private static unsafe partial nint d2i_PUBKEY(nint existing, byte** bytes, nint length);

    [LibraryImport(Library)]
    private static partial int EVP_Digest(byte[] data, nint length, byte[] digest, nint size, nint type, nint engine);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_CTX_new(nint key, nint engine);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_verify_init(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_verify(
        nint context,
        ReadOnlySpan<byte> signature,
        nint signatureLength,
        ReadOnlySpan<byte> digest,
        nint digestLength
    );

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);
}
