using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PedAtt.Eds.Gost;

/// <summary>
/// g_N of RFC 6986, section 8. The steps S, P and L of a round are one: eight tables of 256 words hold l(Pi'(v)) for a
/// byte in each place of a row, and P says which byte of which row meets which table. Where the processor multiplies
/// bit matrices (GFNI), the same round is done on the whole block at once; both ways are tested against each other.
/// </summary>
internal static class StreebogCompression
{
    private static readonly ulong[] Tables = FuseTables();
    private static readonly ulong[] Iteration = ReadIterationConstants();
    private static readonly Vector512<byte>[] Matrices = CutMatrices();
    private static readonly Vector512<byte>[] Pi =
    [
        .. Enumerable.Range(0, 4).Select(quarter => Vector512.Create(StreebogConstants.Pi.Slice(64 * quarter, 64))),
    ];
    private static readonly Vector512<byte> Transposition = Vector512.Create([
        .. Enumerable.Range(0, 64).Select(i => (byte)(8 * (i % 8) + i / 8)),
    ]);

    public static bool HasMatrixInstructions => Avx512Vbmi.IsSupported && Gfni.V512.IsSupported;

    /// <summary>h becomes g_N(h, block).</summary>
    public static void Mix(Span<ulong> h, ReadOnlySpan<ulong> block, ulong n)
    {
        if (HasMatrixInstructions)
        {
            MixWithMatrices(h, block, n);
        }
        else
        {
            MixWithTables(h, block, n);
        }
    }

    internal static void MixWithTables(Span<ulong> h, ReadOnlySpan<ulong> block, ulong n)
    {
        Span<ulong> key = stackalloc ulong[8];
        Span<ulong> state = stackalloc ulong[8];
        Span<ulong> mixed = stackalloc ulong[8];
        h[..8].CopyTo(mixed);
        mixed[0] ^= n;
        Round(mixed, key);
        block[..8].CopyTo(state);
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 8; i++)
            {
                mixed[i] = state[i] ^ key[i];
            }
            Round(mixed, state);
            for (var i = 0; i < 8; i++)
            {
                mixed[i] = key[i] ^ Iteration[8 * round + i];
            }
            Round(mixed, key);
        }
        for (var i = 0; i < 8; i++)
        {
            h[i] ^= state[i] ^ key[i] ^ block[i];
        }
    }

    /// <summary>L(P(S(input))): byte j of row k goes to place k of row j.</summary>
    private static void Round(ReadOnlySpan<ulong> input, Span<ulong> output)
    {
        // The bytes are read where the words lie: one load each is less work than shifting them out of a register.
        ref var table = ref MemoryMarshal.GetArrayDataReference(Tables);
        ref var bytes = ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetReference(input));
        for (var j = 0; j < 8; j++)
        {
            ref var column = ref Unsafe.Add(ref bytes, BitConverter.IsLittleEndian ? j : 7 - j);
            output[j] =
                Unsafe.Add(ref table, (nuint)column)
                ^ Unsafe.Add(ref table, 256 + (nuint)Unsafe.Add(ref column, 8))
                ^ Unsafe.Add(ref table, 512 + (nuint)Unsafe.Add(ref column, 16))
                ^ Unsafe.Add(ref table, 768 + (nuint)Unsafe.Add(ref column, 24))
                ^ Unsafe.Add(ref table, 1024 + (nuint)Unsafe.Add(ref column, 32))
                ^ Unsafe.Add(ref table, 1280 + (nuint)Unsafe.Add(ref column, 40))
                ^ Unsafe.Add(ref table, 1536 + (nuint)Unsafe.Add(ref column, 48))
                ^ Unsafe.Add(ref table, 1792 + (nuint)Unsafe.Add(ref column, 56));
        }
    }

    internal static void MixWithMatrices(Span<ulong> h, ReadOnlySpan<ulong> block, ulong n)
    {
        var start = Vector512.Create<ulong>(h).AsByte();
        var message = Vector512.Create(block).AsByte();
        var key = Round(start ^ Vector512.CreateScalar(n).AsByte());
        var state = message;
        ref var iteration = ref MemoryMarshal.GetArrayDataReference(Iteration);
        for (nuint round = 0; round < 12; round++)
        {
            state = Round(state ^ key);
            key = Round(key ^ Vector512.LoadUnsafe(ref iteration, 8 * round).AsByte());
        }
        (start ^ message ^ state ^ key).AsUInt64().CopyTo(h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Round(Vector512<byte> input)
    {
        ref var pi = ref MemoryMarshal.GetArrayDataReference(Pi);
        ref var matrix = ref MemoryMarshal.GetArrayDataReference(Matrices);
        // S: the low six bits pick within two quarters of the table, the seventh the quarter, the eighth the pair of
        // quarters.
        var low = Avx512Vbmi.PermuteVar64x8x2(pi, input, Unsafe.Add(ref pi, 1));
        var high = Avx512Vbmi.PermuteVar64x8x2(Unsafe.Add(ref pi, 2), input, Unsafe.Add(ref pi, 3));
        var rows = Vector512.ConditionalSelect(
            Vector512.LessThan(input.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
            high,
            low
        );
        // L after P: lane m gathers, from each row m - d, what that row's bytes give to place m of the new rows.
        var q = rows.AsUInt64();
        var sum =
            Times(rows, matrix)
            ^ Times(Avx512F.AlignRight64(q, q, 7).AsByte(), Unsafe.Add(ref matrix, 1))
            ^ Times(Avx512F.AlignRight64(q, q, 6).AsByte(), Unsafe.Add(ref matrix, 2));
        sum ^=
            Times(Avx512F.AlignRight64(q, q, 5).AsByte(), Unsafe.Add(ref matrix, 3))
            ^ Times(Avx512F.AlignRight64(q, q, 4).AsByte(), Unsafe.Add(ref matrix, 4));
        sum ^=
            Times(Avx512F.AlignRight64(q, q, 3).AsByte(), Unsafe.Add(ref matrix, 5))
            ^ Times(Avx512F.AlignRight64(q, q, 2).AsByte(), Unsafe.Add(ref matrix, 6));
        sum ^= Times(Avx512F.AlignRight64(q, q, 1).AsByte(), Unsafe.Add(ref matrix, 7));
        return Avx512Vbmi.PermuteVar64x8(sum, Transposition);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Times(Vector512<byte> rows, Vector512<byte> matrices) =>
        Gfni.V512.GaloisFieldAffineTransform(rows, matrices, 0);

    /// <summary>What bit <paramref name="bit"/> of a row adds to l(row): the RFC numbers the matrix's rows from the top
    /// bit.</summary>
    private static ulong Linear(int bit) => StreebogConstants.A[63 - bit];

    private static ulong[] FuseTables()
    {
        var tables = new ulong[8 * 256];
        for (var place = 0; place < 8; place++)
        {
            for (var value = 0; value < 256; value++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    if ((StreebogConstants.Pi[value] >> bit & 1) == 1)
                    {
                        tables[256 * place + value] ^= Linear(8 * place + bit);
                    }
                }
            }
        }
        return tables;
    }

    private static ulong[] ReadIterationConstants() =>
        [
            .. StreebogConstants.C.SelectMany(c =>
                Enumerable.Range(0, 8).Select(i => Convert.ToUInt64(c.Substring(112 - 16 * i, 16), 16))
            ),
        ];

    /// <summary>A cut into 64 matrices of 8 by 8 bits, in the order and the bit order that GF2P8AFFINEQB wants
    /// them.</summary>
    private static Vector512<byte>[] CutMatrices()
    {
        var matrices = new Vector512<byte>[8];
        Span<byte> lanes = stackalloc byte[64];
        for (var turn = 0; turn < 8; turn++)
        {
            lanes.Clear();
            for (var to = 0; to < 8; to++)
            {
                var from = (to + 8 - turn) % 8;
                for (var outBit = 0; outBit < 8; outBit++)
                {
                    for (var inBit = 0; inBit < 8; inBit++)
                    {
                        var set = (int)(Linear(8 * from + inBit) >> (8 * to + outBit) & 1);
                        lanes[8 * to + 7 - outBit] |= (byte)(set << inBit);
                    }
                }
            }
            matrices[turn] = Vector512.Create<byte>(lanes);
        }
        return matrices;
    }
}
