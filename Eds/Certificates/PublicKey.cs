using System.Formats.Asn1;
using System.Security.Cryptography;
using PedAtt.Eds.Encoding;
using PedAtt.Eds.Gost;

namespace PedAtt.Eds.Certificates;

/// <summary>A key of one of the two accepted kinds.</summary>
internal sealed class PublicKey
{
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 8192;

    private readonly GostPublicKey? _gost;
    private readonly RSAParameters _rsa;

    private PublicKey(GostPublicKey gost) => _gost = gost;

    private PublicKey(RSAParameters rsa) => _rsa = rsa;

    public string Name => _gost is not null ? "GOST 34.10-2015 (512)" : $"RSA ({_rsa.Modulus!.Length * 8})";

    public static PublicKey Read(AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> key) =>
        algorithm.Oid switch
        {
            Oids.Gost512Key => new PublicKey(ReadGost(algorithm, key)),
            Oids.RsaKey when algorithm.HasNoParameters => new PublicKey(ReadRsa(key)),
            _ => throw Algorithms.Refuse(algorithm),
        };

    /// <summary>Whether the signature over data of this digest is this key's. A digest of the other kind of key is a
    /// no.</summary>
    public bool Verify(string digest, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (_gost is not null)
        {
            return digest == Oids.Streebog512 && _gost.Verify(hash, signature);
        }
        if (digest != Oids.Sha256 || signature.Length != _rsa.Modulus!.Length)
        {
            return false;
        }
        using var rsa = RSA.Create(_rsa);
        return rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static GostPublicKey ReadGost(AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> key)
    {
        var (curve, digest) = Der.Read(
            algorithm.Parameters,
            "the parameters of a GOST key",
            reader =>
            {
                var parameters = reader.ReadSequence();
                var result = (parameters.ReadObjectIdentifier(), parameters.ReadObjectIdentifier());
                parameters.ThrowIfNotEmpty();
                return result;
            }
        );
        return curve == Oids.Gost512Parameters && digest == Oids.Streebog512
            ? GostPublicKey.Read(Der.Read(key, "a GOST key", reader => reader.ReadOctetString()))
            : throw new RefusalException(
                Refusals.UnknownAlgorithm,
                $"the GOST key's parameters {curve}, {digest} are not accepted"
            );
    }

    private static RSAParameters ReadRsa(ReadOnlyMemory<byte> key) =>
        Der.Read(
            key,
            "an RSA key",
            reader =>
            {
                var sequence = reader.ReadSequence();
                var modulus = sequence.ReadInteger();
                var exponent = sequence.ReadInteger();
                sequence.ThrowIfNotEmpty();
                var bits = modulus.Sign > 0 ? modulus.GetBitLength() : 0;
                if (
                    bits is < SmallestRsa or > LargestRsa
                    || modulus.IsEven
                    || exponent < 3
                    || exponent.IsEven
                    || exponent > uint.MaxValue
                )
                {
                    throw new RefusalException(
                        Refusals.PublicKey,
                        $"the RSA key has {bits} bits and the exponent {exponent}; {SmallestRsa} bits are the least"
                    );
                }
                return new RSAParameters
                {
                    Modulus = modulus.ToByteArray(isUnsigned: true, isBigEndian: true),
                    Exponent = exponent.ToByteArray(isUnsigned: true, isBigEndian: true),
                };
            }
        );
}
