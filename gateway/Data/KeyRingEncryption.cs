using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace PedAtt.Gateway.Data;

/// <summary>
/// Encrypts the keys with a key of its own derived from <c>Internal:Key</c>, so that a copy of the database alone opens
/// no session. Where that secret is changed the old keys are lost, and everybody signs in once more.
/// </summary>
public sealed class KeyRingEncryption : IXmlEncryptor, IXmlDecryptor
{
    private static readonly byte[] Purpose = "PedAtt.Gateway.KeyRing"u8.ToArray();

    private readonly byte[] key;

    /// <summary>The shape in which Data Protection makes what it finds named in a stored key.</summary>
    public KeyRingEncryption(IServiceProvider services)
    {
        var secret =
            services.GetRequiredService<IConfiguration>()["Internal:Key"]
            ?? throw new InvalidOperationException("Internal:Key is not set.");
        key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(secret), 32, info: Purpose);
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(12);
        var (cipher, tag) = (new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag, Purpose);
        return new(
            new XElement("aes-gcm", Convert.ToBase64String([.. nonce, .. tag, .. cipher])),
            typeof(KeyRingEncryption)
        );
    }

    public XElement Decrypt(XElement encryptedElement)
    {
        var bytes = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var plain = new byte[bytes.Length - 28];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(bytes[..12], bytes[28..], bytes[12..28], plain, Purpose);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
