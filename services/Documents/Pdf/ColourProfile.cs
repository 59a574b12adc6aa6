using System.Buffers.Binary;
using System.Text;

namespace PedAtt.Documents.Pdf;

/// <summary>
/// The ICC profile of sRGB, version 2.1, that a PDF/A names as its output intent: three primaries adapted to D50 and
/// one tone curve. Written from the numbers, so that no file of somebody else's has to be carried along.
/// </summary>
internal static class ColourProfile
{
    public const string Name = "sRGB IEC61966-2.1";

    public static byte[] Srgb()
    {
        var curve = Curve();
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Description(Name)),
            ("cprt", Text("No copyright, use freely")),
            ("wtpt", Xyz(0.9642, 1, 0.8249)),
            ("rXYZ", Xyz(0.4360, 0.2225, 0.0139)),
            ("gXYZ", Xyz(0.3851, 0.7169, 0.0971)),
            ("bXYZ", Xyz(0.1431, 0.0606, 0.7139)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        var body = new MemoryStream();
        var table = new byte[4 + tags.Length * 12];
        BinaryPrimitives.WriteInt32BigEndian(table, tags.Length);
        var curveAt = -1;
        for (var i = 0; i < tags.Length; i++)
        {
            var (tag, data) = tags[i];
            var at = data == curve && curveAt >= 0 ? curveAt : 128 + table.Length + (int)body.Length;
            if (data == curve)
                curveAt = at;
            Encoding.ASCII.GetBytes(tag, table.AsSpan(4 + i * 12));
            BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(8 + i * 12), at);
            BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(12 + i * 12), data.Length);
            if (at != 128 + table.Length + (int)body.Length)
                continue;
            body.Write(data);
            while (body.Length % 4 != 0)
                body.WriteByte(0);
        }

        var header = new byte[128];
        BinaryPrimitives.WriteInt32BigEndian(header, 128 + table.Length + (int)body.Length);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), 0x02100000);
        Encoding.ASCII.GetBytes("mntrRGB XYZ ", header.AsSpan(12));
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(24), 2026); // the day of the profile, part of its format
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(28), 1);
        Encoding.ASCII.GetBytes("acsp", header.AsSpan(36));
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(header.AsSpan(68));
        return [.. header, .. table, .. body.ToArray()];
    }

    /// <summary>The curve of IEC 61966-2-1 at 1024 points.</summary>
    private static byte[] Curve()
    {
        var data = new byte[12 + 1024 * 2];
        Encoding.ASCII.GetBytes("curv", data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), 1024);
        for (var i = 0; i < 1024; i++)
        {
            var v = i / 1023.0;
            var linear = v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(12 + i * 2), (ushort)Math.Round(linear * 65535));
        }

        return data;
    }

    private static byte[] Xyz(double x, double y, double z)
    {
        var data = new byte[20];
        Encoding.ASCII.GetBytes("XYZ ", data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), (int)Math.Round(x * 65536));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(12), (int)Math.Round(y * 65536));
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(16), (int)Math.Round(z * 65536));
        return data;
    }

    private static byte[] Text(string text) => [.. "text\0\0\0\0"u8, .. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Description(string text)
    {
        var data = new byte[12 + text.Length + 1 + 8 + 3 + 67]; // no Unicode and no Macintosh name
        Encoding.ASCII.GetBytes("desc", data);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), text.Length + 1);
        Encoding.ASCII.GetBytes(text, data.AsSpan(12));
        return data;
    }
}
