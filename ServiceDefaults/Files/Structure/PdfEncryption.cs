using System.Buffers.Binary;
using System.Security.Cryptography;

// MD5 is what the standard prescribes for files that are there; nothing of ours is protected by it.
#pragma warning disable CA5351

namespace PedAtt.ServiceDefaults.Files.Structure;

/// <summary>
/// The standard security handler (ISO 32000-2, 7.6.4), for one question: does the file open without a password? Most
/// protected files do: their password only forbids printing or copying.
/// </summary>
internal sealed class PdfEncryption
{
    private enum Cipher
    {
        None,
        Rc4,
        Aes128,
        Aes256,
    }

    private static readonly byte[] Padding =
    [
        0x28,
        0xBF,
        0x4E,
        0x5E,
        0x4E,
        0x75,
        0x8A,
        0x41,
        0x64,
        0x00,
        0x4E,
        0x56,
        0xFF,
        0xFA,
        0x01,
        0x08,
        0x2E,
        0x2E,
        0x00,
        0xB6,
        0xD0,
        0x68,
        0x3E,
        0x80,
        0x2F,
        0x0C,
        0xA9,
        0xFE,
        0x64,
        0x53,
        0x69,
        0x7A,
    ];

    private readonly byte[] key;
    private readonly Cipher streams;

    private PdfEncryption(byte[] key, Cipher streams) => (this.key, this.streams) = (key, streams);

    /// <returns>Null where a password is needed, or a certificate, or a handler that readers do not have.</returns>
    public static PdfEncryption? Open(PdfDictionary encrypt, byte[] id)
    {
        var (version, revision) = (encrypt.Integer("V") ?? 0, encrypt.Integer("R") ?? 0);
        if (
            encrypt.Name("Filter") != "Standard"
            || encrypt.String("O") is not { } owner
            || encrypt.String("U") is not { } user
        )
            return null;
        var cipher = version < 4 ? Cipher.Rc4 : CipherOf(encrypt, "StmF");
        // Only what is attached to it is protected.
        if (version >= 4 && cipher == Cipher.None && CipherOf(encrypt, "StrF") == Cipher.None)
            return new PdfEncryption([], cipher);
        var key = (version, revision) switch
        {
            (1, 2 or 3) => KeyOf(encrypt, 5, (int)revision, owner, user, id),
            (2 or 4, 2 or 3 or 4) => Lengths(encrypt)
                .Select(length => KeyOf(encrypt, length, (int)revision, owner, user, id))
                .FirstOrDefault(found => found is not null),
            (5, 5 or 6) => LongKeyOf(encrypt, (int)revision, owner, user),
            _ => null,
        };
        return key is null ? null : new PdfEncryption(key, cipher);
    }

    /// <summary>A stream's bytes as they were before they were encrypted; what cannot be decrypted comes back as it
    /// is.</summary>
    public byte[] Decrypt(byte[] content, int number, int generation)
    {
        if (streams == Cipher.None)
            return content;
        if (streams == Cipher.Aes256)
            return DecryptAes(key, content);
        byte[] salted =
        [
            .. key,
            (byte)number,
            (byte)(number >> 8),
            (byte)(number >> 16),
            (byte)generation,
            (byte)(generation >> 8),
            .. streams == Cipher.Aes128 ? "sAlT"u8 : [],
        ];
        var own = MD5.HashData(salted)[..Math.Min(key.Length + 5, 16)];
        return streams == Cipher.Rc4 ? Rc4(own, content) : DecryptAes(own, content);
    }

    private static Cipher CipherOf(PdfDictionary encrypt, string use) =>
        encrypt.Dictionary("CF")?.Dictionary(encrypt.Name(use) ?? "Identity")?.Name("CFM") switch
        {
            "V2" => Cipher.Rc4,
            "AESV2" => Cipher.Aes128,
            "AESV3" => Cipher.Aes256,
            _ => Cipher.None,
        };

    /// <summary>Of the key, in bytes: writers say it in bits or in bytes, here or there. The right one proves
    /// itself.</summary>
    private static IEnumerable<int> Lengths(PdfDictionary encrypt) =>
        new[]
        {
            encrypt.Integer("Length"),
            encrypt.Dictionary("CF")?.Dictionary(encrypt.Name("StmF") ?? "")?.Integer("Length"),
            128,
            40,
        }
            .OfType<long>()
            .Select(said => (int)Math.Clamp(said < 40 ? said : said / 8, 5, 16))
            .Distinct();

    /// <summary>Algorithms 2, 4 and 5: the key of the empty user password, where it is the user password.</summary>
    private static byte[]? KeyOf(PdfDictionary encrypt, int length, int revision, byte[] owner, byte[] user, byte[] id)
    {
        if (owner.Length < 32 || user.Length < 16)
            return null;
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, unchecked((int)(encrypt.Integer("P") ?? 0)));
        byte[] open =
            revision >= 4 && encrypt.GetValueOrDefault("EncryptMetadata") is false ? [0xFF, 0xFF, 0xFF, 0xFF] : [];
        var key = MD5.HashData([.. Padding, .. owner[..32], .. permissions, .. id, .. open]);
        if (revision == 2)
        {
            key = key[..length];
            return Rc4(key, Padding).AsSpan().SequenceEqual(user.AsSpan(0, Math.Min(32, user.Length))) ? key : null;
        }
        for (var i = 0; i < 50; i++)
            key = MD5.HashData(key.AsSpan(0, length));
        key = key[..length];
        var proof = MD5.HashData([.. Padding, .. id]);
        for (var i = 0; i < 20; i++)
        {
            var mixed = i;
            proof = Rc4([.. key.Select(one => (byte)(one ^ mixed))], proof);
        }
        return proof.AsSpan().SequenceEqual(user.AsSpan(0, 16)) ? key : null;
    }

    /// <summary>Algorithm 2.A, for the empty password, be it the user's or the owner's.</summary>
    private static byte[]? LongKeyOf(PdfDictionary encrypt, int revision, byte[] owner, byte[] user)
    {
        if (user.Length < 48)
            return null;
        return LongKeyOf(revision, user, encrypt.String("UE"), [])
            ?? LongKeyOf(revision, owner, encrypt.String("OE"), user[..48]);
    }

    private static byte[]? LongKeyOf(int revision, byte[] proof, byte[]? kept, byte[] user)
    {
        if (
            proof.Length < 48
            || kept is not { Length: >= 32 }
            || !Hash(revision, proof[32..40], user).AsSpan().SequenceEqual(proof.AsSpan(0, 32))
        )
            return null;
        using var aes = Aes.Create();
        aes.Key = Hash(revision, proof[40..48], user);
        return aes.DecryptCbc(kept.AsSpan(0, 32), new byte[16], PaddingMode.None);
    }

    /// <summary>Algorithm 2.B, for the empty password; revision 5 knew no rounds.</summary>
    private static byte[] Hash(int revision, byte[] salt, byte[] user)
    {
        var key = SHA256.HashData([.. salt, .. user]);
        if (revision == 5)
            return key;
        for (var round = 1; ; round++)
        {
            byte[] once = [.. key, .. user];
            var repeated = new byte[64 * once.Length];
            for (var i = 0; i < 64; i++)
                once.CopyTo(repeated, i * once.Length);
            using var aes = Aes.Create();
            aes.Key = key[..16];
            var mixed = aes.EncryptCbc(repeated, key.AsSpan(16, 16), PaddingMode.None);
            // The first 16 bytes as a number modulo 3: 256 is 1 modulo 3, so their sum is as good.
            key = (mixed.Take(16).Sum(one => one) % 3) switch
            {
                0 => SHA256.HashData(mixed),
                1 => SHA384.HashData(mixed),
                _ => SHA512.HashData(mixed),
            };
            if (round >= 64 && mixed[^1] <= round - 32)
                return key[..32];
        }
    }

    private static byte[] DecryptAes(byte[] key, byte[] content)
    {
        var whole = content.Length / 16 * 16;
        if (whole < 32 || key.Length is not (16 or 32))
            return content;
        using var aes = Aes.Create();
        aes.Key = key;
        // The padding's bytes stay: what unpacks the stream stops before them.
        return aes.DecryptCbc(content.AsSpan(16, whole - 16), content.AsSpan(0, 16), PaddingMode.None);
    }

    private static byte[] Rc4(byte[] key, byte[] content)
    {
        var state = new byte[256];
        for (var i = 0; i < 256; i++)
            state[i] = (byte)i;
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
        }
        var result = new byte[content.Length];
        for (int n = 0, i = 0, j = 0; n < content.Length; n++)
        {
            i = (i + 1) & 0xFF;
            j = (j + state[i]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
            result[n] = (byte)(content[n] ^ state[(state[i] + state[j]) & 0xFF]);
        }
        return result;
    }
}
