using System.Security.Cryptography;
using PedAtt.Eds.Encoding;
using PedAtt.Eds.Gost;

namespace PedAtt.Eds;

/// <summary>
/// The list of what is accepted: Streebog-512 with GOST 34.10-2015 of 512 bits, and SHA-256 with RSA (PKCS #1 v1.5).
/// Everything else is refused, the known legacy ones by name.
/// </summary>
internal static class Algorithms
{
    /// <summary>The digest of the document and of signed attributes.</summary>
    public static string Digest(AlgorithmIdentifier algorithm) =>
        algorithm.Oid switch
        {
            Oids.Streebog512 or Oids.Sha256 when algorithm.HasNoParameters => algorithm.Oid,
            _ => throw Refuse(algorithm),
        };

    /// <summary>The digest of a signature algorithm as certificates, CRLs and OCSP answers name it.</summary>
    public static string SignatureDigest(AlgorithmIdentifier algorithm) =>
        algorithm.Oid switch
        {
            Oids.Gost512Signature when algorithm.HasNoParameters => Oids.Streebog512,
            Oids.Sha256WithRsa when algorithm.HasNoParameters => Oids.Sha256,
            _ => throw Refuse(algorithm),
        };

    /// <summary>CMS may name a signature by the signature's or by the key's algorithm; the digest must be the one it
    /// goes with.</summary>
    public static string CmsSignatureDigest(AlgorithmIdentifier digest, AlgorithmIdentifier signature)
    {
        var digestOid = Digest(digest);
        var expected = signature.Oid switch
        {
            Oids.Gost512Key => Oids.Streebog512,
            Oids.RsaKey when signature.HasNoParameters => Oids.Sha256,
            _ => SignatureDigest(signature),
        };
        return digestOid == expected
            ? digestOid
            : throw new RefusalException(
                Refusals.AlgorithmMismatch,
                $"digest {digest.Oid} does not go with signature {signature.Oid}"
            );
    }

    public static byte[] Hash(string digest, ReadOnlySpan<byte> data) =>
        digest switch
        {
            Oids.Streebog512 => Streebog.Hash512(data),
            Oids.Sha256 => SHA256.HashData(data),
            _ => throw Unknown(digest),
        };

    public static byte[] Hash(string digest, Stream data)
    {
        if (digest == Oids.Sha256)
        {
            return SHA256.HashData(data);
        }
        var hash = digest == Oids.Streebog512 ? Streebog.Create512() : throw Unknown(digest);
        hash.Append(data);
        return hash.Finish();
    }

    /// <summary>Hashes that only name a certificate within something that is signed itself: SHA-1 does for
    /// that.</summary>
    public static byte[] IdentifyingHash(string digest, ReadOnlySpan<byte> data) =>
        digest switch
        {
#pragma warning disable CA5350 // It names a key among few; nothing is trusted for it.
            Oids.Sha1 => SHA1.HashData(data),
#pragma warning restore CA5350
            Oids.Streebog256 => Streebog.Hash256(data),
            _ => Hash(digest, data),
        };

    public static RefusalException Refuse(AlgorithmIdentifier algorithm) =>
        algorithm.Oid switch
        {
            Oids.Gost2004Key or Oids.Gost2004Signature or Oids.Gost311Digest => new RefusalException(
                Refusals.LegacyAlgorithm,
                $"{algorithm.Oid} is GOST 34.310-2004 or GOST 34.311-95, which is no longer accepted"
            ),
            Oids.Gost256Key or Oids.Gost256Signature or Oids.Streebog256 => new RefusalException(
                Refusals.Gost256,
                $"{algorithm.Oid} is GOST 34.10-2015 of 256 bits, which is not accepted"
            ),
            _ => Unknown(algorithm.Oid),
        };

    private static RefusalException Unknown(string oid) =>
        new(Refusals.UnknownAlgorithm, $"{oid} is not an accepted algorithm, or has parameters it must not have");
}
