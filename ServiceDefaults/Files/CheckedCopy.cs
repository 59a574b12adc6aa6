using System.Security.Cryptography;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>Sends a stored file out, and never a whole one that is not what was brought.</summary>
public static class CheckedCopy
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>
    /// Copies all of it. The last chunk goes out only once the hash of everything is known to be right, so that who
    /// receives an altered file sees it broken off.
    /// </summary>
    /// <returns>Whether it was what its hash says; if not, the end was held back.</returns>
    public static async Task<bool> CopyAsync(Stream stored, Stream to, string sha256, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (waiting, next) = (new byte[ChunkBytes], new byte[ChunkBytes]);
        var length = await stored.ReadAtLeastAsync(waiting, ChunkBytes, throwOnEndOfStream: false, ct);
        while (true)
        {
            hash.AppendData(waiting, 0, length);
            var more = await stored.ReadAtLeastAsync(next, ChunkBytes, throwOnEndOfStream: false, ct);
            if (more == 0)
                break;
            await to.WriteAsync(waiting.AsMemory(0, length), ct);
            (waiting, next, length) = (next, waiting, more);
        }
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
            return false;
        await to.WriteAsync(waiting.AsMemory(0, length), ct);
        return true;
    }
}
