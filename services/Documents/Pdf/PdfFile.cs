using System.Security.Cryptography;
using System.Text;

namespace PedAtt.Documents.Pdf;

/// <summary>
/// The objects of a PDF file, numbered in the order in which they are added. Nothing in it comes from the clock or from
/// chance, and nothing is compressed: compressors differ between machines and versions, and the same document must have
/// the same bytes everywhere.
/// </summary>
internal sealed class PdfFile
{
    private readonly List<byte[]> _objects = [];

    /// <summary>Takes a number for an object that others refer to before it can be written.</summary>
    public int Reserve()
    {
        _objects.Add([]);
        return _objects.Count;
    }

    public int Add(string value) => Set(Reserve(), value);

    public int Set(int number, string value)
    {
        _objects[number - 1] = Encoding.ASCII.GetBytes(value.ReplaceLineEndings("\n"));
        return number;
    }

    public int AddStream(string entries, byte[] content)
    {
        var start = Encoding.ASCII.GetBytes($"<< {entries} /Length {content.Length} >>\nstream\n");
        _objects.Add([.. start, .. content, .. "\nendstream"u8]);
        return _objects.Count;
    }

    public byte[] Save(int catalog, int info)
    {
        var file = new MemoryStream();
        Write(file, "%PDF-1.7\n%");
        file.Write([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']); // tells transfer programs that the file is binary
        var offsets = new List<long>();
        for (var i = 0; i < _objects.Count; i++)
        {
            offsets.Add(file.Length);
            Write(file, $"{i + 1} 0 obj\n");
            file.Write(_objects[i]);
            Write(file, "\nendobj\n");
        }

        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var table = file.Length;
        Write(file, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            Write(file, $"{offset:D10} 00000 n \n");
        Write(
            file,
            $"trailer\n<< /Size {_objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\n"
        );
        Write(file, $"startxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>A text string of a PDF, in UTF-16 with its mark.</summary>
    public static string Text(string text) =>
        "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)) + ">";

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.ASCII.GetBytes(text));
}
