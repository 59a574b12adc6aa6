using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using PedAtt.Eds.Gost;
using PedAtt.Eds.Tests.Gost;

namespace PedAtt.Eds.Tests.Authority;

/// <summary>A key pair of one of the two kinds, made from a seed or anew; for tests only.</summary>
public abstract class TestKey
{
    public abstract string DigestOid { get; }

    /// <summary>The signature's OID and, for RSA, its NULL.</summary>
    public abstract void WriteSignatureAlgorithm(AsnWriter writer);

    public abstract void WritePublicKeyInfo(AsnWriter writer);

    public abstract byte[] Sign(byte[] data);

    public static TestKey Gost(string seed) => new GostKey(new GostSigningKey(seed));

    public static TestKey Gost(BigInteger number) => new GostKey(new GostSigningKey(number));

    public static TestKey Rsa(int bits = 2048) => new RsaKey(RSA.Create(bits));

    public byte[] Hash(byte[] data) => DigestOid == Oids.Sha256 ? SHA256.HashData(data) : Streebog.Hash512(data);

    /// <summary>What the BIT STRING of the public key holds.</summary>
    public byte[] KeyBits
    {
        get
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            WritePublicKeyInfo(writer);
            var info = new AsnReader(writer.Encode(), AsnEncodingRules.DER).ReadSequence();
            info.ReadEncodedValue();
            return info.ReadBitString(out _);
        }
    }

    private sealed class GostKey(GostSigningKey key) : TestKey
    {
        public override string DigestOid => Oids.Streebog512;

        public override void WriteSignatureAlgorithm(AsnWriter writer) =>
            writer.Sequence(() => writer.Oid(Oids.Gost512Signature).WriteNull());

        public override void WritePublicKeyInfo(AsnWriter writer) =>
            writer.Sequence(() =>
            {
                writer.Sequence(() =>
                {
                    writer.WriteObjectIdentifier(Oids.Gost512Key);
                    writer.Sequence(() => writer.Oid(Oids.Gost512Parameters).WriteObjectIdentifier(Oids.Streebog512));
                });
                writer.WriteBitString([4, 0x81, 128, .. key.Public]);
            });

        public override byte[] Sign(byte[] data) => key.Sign(Streebog.Hash512(data));
    }

    private sealed class RsaKey(RSA rsa) : TestKey
    {
        public override string DigestOid => Oids.Sha256;

        public override void WriteSignatureAlgorithm(AsnWriter writer) =>
            writer.Sequence(() => writer.Oid(Oids.Sha256WithRsa).WriteNull());

        public override void WritePublicKeyInfo(AsnWriter writer) =>
            writer.Sequence(() =>
            {
                writer.Sequence(() => writer.Oid(Oids.RsaKey).WriteNull());
                writer.WriteBitString(rsa.ExportRSAPublicKey());
            });

        public override byte[] Sign(byte[] data) =>
            rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}

/// <summary>ASN.1 written the way it nests.</summary>
public static class Writing
{
    public static byte[] Encode(Action<AsnWriter> write, AsnEncodingRules rules = AsnEncodingRules.DER)
    {
        var writer = new AsnWriter(rules);
        write(writer);
        return writer.Encode();
    }

    public static void Sequence(this AsnWriter writer, Action write)
    {
        using (writer.PushSequence())
        {
            write();
        }
    }

    public static void Set(this AsnWriter writer, Action write, Asn1Tag? tag = null)
    {
        using (writer.PushSetOf(tag))
        {
            write();
        }
    }

    public static void Tagged(this AsnWriter writer, int number, Action write)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, number)))
        {
            write();
        }
    }

    public static AsnWriter Oid(this AsnWriter writer, string oid)
    {
        writer.WriteObjectIdentifier(oid);
        return writer;
    }

    public static void Octets(this AsnWriter writer, Action<AsnWriter> write) => writer.WriteOctetString(Encode(write));

    public static void Extension(this AsnWriter writer, string oid, bool critical, Action<AsnWriter> write) =>
        writer.Sequence(() =>
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }
            writer.Octets(write);
        });
}
