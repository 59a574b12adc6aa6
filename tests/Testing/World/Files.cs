using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace PedAtt.Testing.World;

/// <summary>Real files, each unlike any other.</summary>
public static class Files
{
    /// <summary>A PDF of one page that says <paramref name="text"/> (ASCII), padded to <paramref name="size"/> where
    /// given.</summary>
    public static Upload Pdf(string name = "document.pdf", string text = "PedAtt", int size = 0) =>
        new(name, PdfBytes($"BT /F1 14 Tf 72 720 Td ({text} {Guid.NewGuid()}) Tj ET", size), "application/pdf");

    /// <summary>The test text that every scanner calls infected; written in two halves so that no scanner stops at this
    /// file.</summary>
    public static Upload InfectedPdf(string name = "diploma.pdf") =>
        new(
            name,
            PdfBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*", 0),
            "application/pdf"
        );

    /// <summary>Protected by a user's password after the standard security handler, revision 2 (40-bit RC4).</summary>
    public static Upload EncryptedPdf(string name = "diploma.pdf") => new(name, EncryptedBytes(), "application/pdf");

    /// <summary>A JPEG of one grey pixel, with a comment of its own.</summary>
    public static Upload Jpeg(string name = "scan.jpg")
    {
        var picture = Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/"
                + "yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
        );
        var comment = Guid.NewGuid().ToByteArray();
        return new(name, [.. picture[..2], 0xff, 0xfe, 0, 18, .. comment, .. picture[2..]], "image/jpeg");
    }

    /// <summary>A PNG of one pixel of a random colour.</summary>
    public static Upload Png(string name = "photo.png")
    {
        var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        Chunk("IHDR"u8, [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
        var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write([0, .. RandomNumberGenerator.GetBytes(3)]);
        Chunk("IDAT"u8, pixels.ToArray());
        Chunk("tEXt"u8, [.. "Comment\0"u8, .. Encoding.ASCII.GetBytes(Guid.NewGuid().ToString())]);
        Chunk("IEND"u8, []);
        return new(name, png.ToArray(), "image/png");

        void Chunk(ReadOnlySpan<byte> type, byte[] data)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            png.Write(number);
            byte[] body = [.. type, .. data];
            png.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
            png.Write(number);
        }
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] PdfBytes(string content, int size)
    {
        var pdf = new PdfText();
        pdf.Object("<< /Type /Catalog /Pages 2 0 R >>");
        pdf.Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        pdf.Object(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
        );
        pdf.Stream(Encoding.Latin1.GetBytes(content));
        pdf.Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        // Chance does not compress and holds no sense: only its length counts.
        if (size > pdf.Length + 400)
            pdf.Stream(RandomNumberGenerator.GetBytes(size - pdf.Length - 400));
        return pdf.End("");
    }

    private static byte[] EncryptedBytes()
    {
        byte[] padding =
        [
            0x28,
            0xBF,
            0x4E,
            0x5E,
            0x4E,
            0x75,
            0x8A,
            0x41,
            0x64,
            0x00,
            0x4E,
            0x56,
            0xFF,
            0xFA,
            0x01,
            0x08,
            0x2E,
            0x2E,
            0x00,
            0xB6,
            0xD0,
            0x68,
            0x3E,
            0x80,
            0x2F,
            0x0C,
            0xA9,
            0xFE,
            0x64,
            0x53,
            0x69,
            0x7A,
        ];
        var id = RandomNumberGenerator.GetBytes(16);
        byte[] password = [.. "sesame"u8, .. padding[..26]];
        // The format's own algorithms 2 to 4: what makes it weak is what makes it the smallest encrypted PDF.
        var owner = Rc4(Md5(password)[..5], password);
        var key = Md5([.. password, .. owner, 0xfc, 0xff, 0xff, 0xff, .. id])[..5];
        var user = Rc4(key, padding);
        var pdf = new PdfText();
        pdf.Object("<< /Type /Catalog /Pages 2 0 R >>");
        pdf.Object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        pdf.Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>");
        pdf.Stream(Rc4(Md5([.. key, 4, 0, 0, 0, 0])[..10], "0 0 m 100 100 l S"u8.ToArray()));
        pdf.Object(
            $"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{Convert.ToHexString(owner)}> /U <{Convert.ToHexString(user)}> >>"
        );
        return pdf.End($" /Encrypt 5 0 R /ID [<{Convert.ToHexString(id)}> <{Convert.ToHexString(id)}>]");
    }

#pragma warning disable CA5351 // The PDF format of 1999 asks for MD5.
    private static byte[] Md5(byte[] data) => MD5.HashData(data);
#pragma warning restore CA5351

    private static byte[] Rc4(byte[] key, byte[] data)
    {
        var state = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }
        var output = new byte[data.Length];
        for (int k = 0, i = 0, j = 0; k < data.Length; k++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            output[k] = (byte)(data[k] ^ state[(state[i] + state[j]) & 255]);
        }
        return output;
    }

    private sealed class PdfText
    {
        private readonly List<byte> bytes = [];
        private readonly List<int> objects = [];

        public PdfText() => Write("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");

        public int Length => bytes.Count;

        public void Object(string body)
        {
            objects.Add(bytes.Count);
            Write($"{objects.Count} 0 obj\n{body}\nendobj\n");
        }

        public void Stream(byte[] data)
        {
            objects.Add(bytes.Count);
            Write($"{objects.Count} 0 obj\n<< /Length {data.Length} >>\nstream\n");
            bytes.AddRange(data);
            Write("\nendstream\nendobj\n");
        }

        public byte[] End(string trailer)
        {
            var table = bytes.Count;
            Write($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
            foreach (var at in objects)
                Write($"{at:0000000000} 00000 n \n");
            Write($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R{trailer} >>\nstartxref\n{table}\n%%EOF\n");
            return [.. bytes];
        }

        private void Write(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
