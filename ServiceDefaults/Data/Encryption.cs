using System.Security.Cryptography;
using System.Text;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>
/// Encrypts bytes that a database keeps but that nobody may read there: AES-256-GCM under a key made from the services'
/// shared secret (<c>Internal:Key</c>), a different one for each purpose.
/// </summary>
public sealed class Encryption(byte[] secret)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Head = NonceBytes + TagBytes;

    public byte[] Encrypt(string purpose, byte[] plain)
    {
        var encrypted = new byte[Head + plain.Length];
        RandomNumberGenerator.Fill(encrypted.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(KeyOf(purpose), TagBytes);
        aes.Encrypt(
            encrypted.AsSpan(..NonceBytes),
            plain,
            encrypted.AsSpan(Head..),
            encrypted.AsSpan(NonceBytes..Head)
        );
        return encrypted;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or encrypted under another secret or
    /// purpose.</exception>
    public byte[] Decrypt(string purpose, byte[] encrypted)
    {
        var plain = new byte[encrypted.Length - Head];
        using var aes = new AesGcm(KeyOf(purpose), TagBytes);
        aes.Decrypt(
            encrypted.AsSpan(..NonceBytes),
            encrypted.AsSpan(Head..),
            encrypted.AsSpan(NonceBytes..Head),
            plain
        );
        return plain;
    }

    /// <summary>A hash that only who has the secret can make or compare.</summary>
    public byte[] KeyedHash(string purpose, string text) =>
        HMACSHA256.HashData(KeyOf(purpose), Encoding.UTF8.GetBytes(text));

    private byte[] KeyOf(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes(purpose));
}
