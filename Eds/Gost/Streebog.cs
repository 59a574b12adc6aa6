using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PedAtt.Eds.Gost;

/// <summary>
/// The hash of GOST R 34.11-2012 (RFC 6986), 512 or 256 bits, fed piece by piece. The first byte of a message is its
/// least significant one, and so is the first byte of the digest: what certificates and CMS carry.
/// </summary>
public sealed class Streebog
{
    private const int BlockSize = 64;

    private readonly ulong[] _h = new ulong[8];
    private readonly ulong[] _sigma = new ulong[8];
    private readonly byte[] _buffer = new byte[BlockSize];
    private readonly bool _short;
    private ulong _bits;
    private int _buffered;

    private Streebog(bool isShort)
    {
        _short = isShort;
        Reset();
    }

    public static Streebog Create512() => new(isShort: false);

    public static Streebog Create256() => new(isShort: true);

    public static byte[] Hash512(ReadOnlySpan<byte> data) => Hash(Create512(), data);

    public static byte[] Hash256(ReadOnlySpan<byte> data) => Hash(Create256(), data);

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_buffered > 0)
        {
            var taken = Math.Min(BlockSize - _buffered, data.Length);
            data[..taken].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += taken;
            data = data[taken..];
            if (_buffered < BlockSize)
            {
                return;
            }
            Block(_buffer);
            _buffered = 0;
        }
        for (; data.Length >= BlockSize; data = data[BlockSize..])
        {
            Block(data);
        }
        data.CopyTo(_buffer);
        _buffered = data.Length;
    }

    /// <summary>Reads to the stream's end.</summary>
    public void Append(Stream stream)
    {
        var piece = new byte[81920];
        for (int read; (read = stream.Read(piece)) > 0; )
        {
            Append(piece.AsSpan(0, read));
        }
    }

    /// <summary>The digest of all that was appended; the object is then new again.</summary>
    public byte[] Finish()
    {
        // RFC 6986, section 10, stage 3: pad, then mix in the length and the sum of all blocks.
        var length = _bits + (ulong)_buffered * 8;
        _buffer.AsSpan(_buffered).Clear();
        _buffer[_buffered] = 1;
        Span<ulong> block = stackalloc ulong[8];
        Words(_buffer, block);
        StreebogCompression.Mix(_h, block, _bits);
        Sum(block);
        block.Clear();
        block[0] = length;
        StreebogCompression.Mix(_h, block, 0);
        StreebogCompression.Mix(_h, _sigma, 0);

        var digest = new byte[BlockSize];
        for (var i = 0; i < 8; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(digest.AsSpan(8 * i), _h[i]);
        }
        Reset();
        return _short ? digest[32..] : digest;
    }

    private static byte[] Hash(Streebog hash, ReadOnlySpan<byte> data)
    {
        hash.Append(data);
        return hash.Finish();
    }

    private void Reset()
    {
        Array.Fill(_h, _short ? 0x0101010101010101UL : 0);
        Array.Clear(_sigma);
        _bits = 0;
        _buffered = 0;
    }

    private void Block(ReadOnlySpan<byte> data)
    {
        Span<ulong> block = stackalloc ulong[8];
        Words(data, block);
        StreebogCompression.Mix(_h, block, _bits);
        Sum(block);
        // The counter is 512 bits wide in the RFC; 2^64 bits are more than any stream here will ever hold.
        _bits += 8 * BlockSize;
    }

    private static void Words(ReadOnlySpan<byte> bytes, Span<ulong> words)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, ulong>(bytes[..BlockSize]).CopyTo(words);
            return;
        }
        for (var i = 0; i < 8; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sum(ReadOnlySpan<ulong> block)
    {
        ulong carry = 0;
        for (var i = 0; i < 8; i++)
        {
            var sum = _sigma[i] + block[i];
            var over = sum < block[i] ? 1UL : 0;
            sum += carry;
            carry = over | (sum < carry ? 1UL : 0);
            _sigma[i] = sum;
        }
    }
}
