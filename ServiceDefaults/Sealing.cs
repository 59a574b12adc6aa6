using System.Security.Cryptography;
using System.Text;

namespace PedAtt.ServiceDefaults;

/// <summary>
/// Seals bytes that a database keeps but that nobody shall read there: AES-256-GCM under a key made from the services' shared
/// secret (<c>Internal:Key</c>), a different one for each purpose.
/// </summary>
public sealed class Sealing(byte[] secret)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Head = NonceBytes + TagBytes;

    public byte[] Seal(string purpose, byte[] open)
    {
        var @sealed = new byte[NonceBytes + TagBytes + open.Length];
        RandomNumberGenerator.Fill(@sealed.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(KeyOf(purpose), TagBytes);
        aes.Encrypt(@sealed.AsSpan(..NonceBytes), open, @sealed.AsSpan(Head..), @sealed.AsSpan(NonceBytes..Head));
        return @sealed;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or sealed under another secret or purpose.</exception>
    public byte[] Open(string purpose, byte[] @sealed)
    {
        var open = new byte[@sealed.Length - Head];
        using var aes = new AesGcm(KeyOf(purpose), TagBytes);
        aes.Decrypt(@sealed.AsSpan(..NonceBytes), @sealed.AsSpan(Head..), @sealed.AsSpan(NonceBytes..Head), open);
        return open;
    }

    /// <summary>A hash that only who has the secret can make or compare.</summary>
    public byte[] Hash(string purpose, string text) => HMACSHA256.HashData(KeyOf(purpose), Encoding.UTF8.GetBytes(text));

    private byte[] KeyOf(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes(purpose));
}
