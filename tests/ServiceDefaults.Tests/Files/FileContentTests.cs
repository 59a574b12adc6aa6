using System.IO.Compression;
using System.Text;
using PedAtt.ServiceDefaults.Files;
using World = PedAtt.Testing.World.Files;

namespace PedAtt.ServiceDefaults.Tests.Files;

/// <summary>The gate, asked about whole files. The samples of encryption were written by qpdf 11.</summary>
public sealed class FileContentTests
{
    private const string Body =
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n";

    private const string Trailer = "trailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Files", "samples");

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_pdf_is_encrypted_only_where_it_asks_for_a_password(string sample) =>
        Assert.Equal(
            (FileContent.Pdf, sample.StartsWith("enc-user-", StringComparison.Ordinal) ? "file.encrypted" : null),
            Judge(File.ReadAllBytes(Path.Combine(Folder, sample)))
        );

    [Fact]
    public void A_word_is_no_encryption_and_no_spelling_hides_it()
    {
        const string said =
            "4 0 obj\n<< /Length 50 /Title (trailer << /Encrypt 5 0 R >>) >>\nstream\ntrailer << /Encrypt 5 0 R >> is said on this page.\nendstream\nendobj\n"
            + "% trailer << /Encrypt 5 0 R >>\n";
        const string handler =
            "5 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + Hash + "> /U <" + Hash + "> >>\nendobj\n";
        Assert.Null(Refusal(Pdf(said + handler)));
        Assert.Equal(
            "file.encrypted",
            Refusal(Pdf(handler, Trailer.Replace("/Size", "/Encrypt 5 0 R /Size", StringComparison.Ordinal)))
        );
        Assert.Equal(
            "file.encrypted",
            Refusal(Pdf(handler, Trailer.Replace("/Size", "/#45ncr#79pt 5 0 R /Size", StringComparison.Ordinal)))
        );
        Assert.Equal(
            "file.encrypted",
            Refusal(
                Pdf(
                    "",
                    Trailer.Replace(
                        "/Size",
                        "/Encrypt << /Filter /Adobe.PubSec /V 4 >> /Size",
                        StringComparison.Ordinal
                    )
                )
            )
        );
        // A reference to nothing is nothing.
        Assert.Null(Refusal(Pdf("", Trailer.Replace("/Size", "/Encrypt 77 0 R /Size", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("MZ\u0090\0")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("<html><!-- ")]
    [InlineData("<job><script>/*")]
    [InlineData("@echo off\r\nrem ")]
    [InlineData("L\0\0\0\u0001\u0014\u0002\0")]
    [InlineData("#!/bin/sh\n: ")]
    [InlineData("var a = 1; /*")]
    [InlineData("label: alert(1) /*\n")]
    [InlineData("REM x\r\n")]
    [InlineData(" \r\n<html>")]
    [InlineData("Content-Type: text/html\r\n\r\n<html>")]
    public void A_program_before_the_header_is_a_program(string before)
    {
        Assert.Equal((null, "file.type"), Judge([.. Encoding.Latin1.GetBytes(before), .. Pdf()]));
        Assert.Equal((null, "file.type"), Judge([.. Encoding.Latin1.GetBytes(before), .. World.Jpeg().Content]));
        Assert.Equal((null, "file.type"), Judge([.. Encoding.Latin1.GetBytes(before), .. World.Png().Content]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n \t\0\f")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\u00EF\u00BB\u00BF\n")]
    [InlineData("MIME-Version: 1.0\r\nContent-Type: application/pdf;\r\n name=\"a.pdf\"\r\n\r\n")]
    [InlineData("------boundary\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n")]
    public void White_space_a_mark_and_the_headers_of_a_mail_may_stand_before_it(string before) =>
        Assert.Equal((FileContent.Pdf, null), Judge([.. Encoding.Latin1.GetBytes(before), .. Pdf()]));

    [Fact]
    public void Half_a_file_is_damaged_wherever_it_was_cut()
    {
        byte[][] whole =
        [
            World.Pdf(size: 20_000).Content,
            World.Png().Content,
            World.Jpeg().Content,
            .. Samples.Select(row => File.ReadAllBytes(Path.Combine(Folder, row.Data))),
        ];
        foreach (var file in whole)
        {
            Assert.NotEqual("file.damaged", Refusal(file));
            for (var percent = 5; percent <= 80; percent += 5)
                Assert.True(
                    Refusal(file[..(file.Length * percent / 100)]) is "file.damaged" or "file.type",
                    $"{percent} % of {file.Length} bytes"
                );
        }
    }

    [Fact]
    public void A_half_is_known_also_where_an_older_revision_is_whole()
    {
        byte[] revised = [.. Pdf(), .. "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n"u8];
        Assert.Equal("file.damaged", Refusal(revised));
        Assert.Null(Refusal([.. revised, .. Encoding.ASCII.GetBytes(Trailer)]));
    }

    [Theory]
    [InlineData("%PDF-1.7\n")]
    [InlineData("%PDF-1.7\n" + Body)]
    [InlineData("%PDF-1.7\n" + Trailer)]
    [InlineData("%PDF-1.7\n1 0 obj<<>>endobj\n" + Trailer)]
    [InlineData(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" + Trailer
    )]
    public void A_shell_is_damaged(string content) =>
        Assert.Equal("file.damaged", Refusal(Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void A_pdf_that_readers_mend_is_good()
    {
        Assert.Null(Refusal(Pdf("", "startxref\n12345\n%%EOF"))); // no trailer at all
        Assert.Null(Refusal(Pdf("4 0 obj\n<< /Length 9999 >>\nstream\nabc\nendstream\nendobj\n"))); // a wrong length
        Assert.Null(Refusal(Pdf("4 0 obj\n<< /Length 3 >>\nstream\nabc\nendobj\n"))); // no end of the stream
        Assert.Null(Refusal(Pdf("4 0 obj\n<< /A [1 2 /B (never closed >>\nendobj\n"))); // a value left open
        Assert.Null(Refusal([.. Pdf(), .. new byte[5000]])); // padded by a mailer
        Assert.Null(Refusal(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Pdf()).Replace('\n', '\r'))));
    }

    [Theory]
    [InlineData("<< /S /JavaScript /JS (app.alert\\(1\\)) >>", null, true)]
    [InlineData("<< /Names << /EmbeddedFiles 9 0 R >> >>", null, true)]
    [InlineData("<< /Type /Filespec /EF << /F 9 0 R >> >>", null, true)]
    [InlineData("<< /Type /Annot /A << /S /Launch /F (cmd.exe) >> >>", "file.unsafe", false)]
    [InlineData("<< /A [ << /#53 /L#61unch >> ] >>", "file.unsafe", false)]
    [InlineData("<< /Title (/S /Launch /JS) >>", null, false)]
    public void What_acts_by_itself_is_told_and_what_starts_programs_is_refused(
        string value,
        string? refusal,
        bool active
    )
    {
        var plain = FileContent.Check(new MemoryStream(Pdf($"4 0 obj\n{value}\nendobj\n")));
        var packed = FileContent.Check(new MemoryStream(Pdf(Packed($"4 0 {value}", 4))));
        Assert.Equal((refusal, active), (plain.Refusal, plain.Active));
        Assert.Equal((refusal, active), (packed.Refusal, packed.Active));
    }

    [Fact]
    public void A_picture_of_too_many_points_is_refused_and_the_largest_of_a_telephone_is_not()
    {
        Assert.Equal("file.too-many-pixels", Refusal(WithSize(World.Png().Content, 50_000, 50_000)));
        Assert.Equal("file.too-many-pixels", Refusal(WithSize(World.Png().Content, int.MaxValue, int.MaxValue)));
        Assert.Equal("file.damaged", Refusal(WithSize(World.Png().Content, 10_000, 10_000))); // three bytes are no such picture
        Assert.Equal("file.too-many-pixels", Refusal(Jpeg(60_000, 60_000, 4_000_000)));
        Assert.Null(Refusal(Jpeg(16_320, 12_240, 1_000_000)));
        Assert.Equal("file.damaged", Refusal(Jpeg(16_320, 12_240, 100)));
    }

    [Fact]
    public void A_jpeg_without_a_frame_a_scan_or_an_end_and_a_png_with_a_wrong_sum_are_damaged()
    {
        var jpeg = World.Jpeg().Content;
        Assert.Equal("file.damaged", Refusal([0xFF, 0xD8, 0xFF]));
        Assert.Equal("file.damaged", Refusal([0xFF, 0xD8, 0xFF, 0xD9]));
        Assert.Equal("file.damaged", Refusal(jpeg[..^2]));
        Assert.Null(Refusal([.. jpeg, .. new byte[100]]));
        var png = World.Png().Content;
        png[50] ^= 1;
        Assert.Equal("file.damaged", Refusal(png));
    }

    /// <summary>Each of them holds up a reader that does not count: by depth, by number, by what it unpacks to, by
    /// going back.</summary>
    [Fact]
    public void What_is_built_to_hold_a_reader_up_is_bounded()
    {
        const int size = 4 * 1024 * 1024;
        var bomb = Packed(new string('0', 40_000_000), 0);
        string[] bodies =
        [
            "4 0 obj " + new string('[', size),
            "4 0 obj " + Repeat("<</A", size),
            Repeat("4 0 obj(", size),
            Repeat("1 0 ", size),
            "4 0 obj [" + Repeat("1 ", size),
            Repeat("4 0 obj<</Length 5>>stream\n", size),
            Repeat("trailer<</Root 1 0 R>>", size),
            bomb,
            Repeat(Packed(new string(' ', 15_000_000), 0), size),
        ];
        foreach (var body in bodies)
        {
            var file = Pdf(body);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(Refusal(file) is null or "file.damaged");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000_000);
        }
    }

    [Fact]
    public void Whatever_is_changed_in_a_file_it_is_judged_and_nothing_is_thrown()
    {
        byte[][] whole =
        [
            World.Pdf().Content,
            World.Png().Content,
            World.Jpeg().Content,
            .. Samples.Select(row => File.ReadAllBytes(Path.Combine(Folder, row.Data))),
        ];
        var chance = new Random(20261128);
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            var file = whole[chance.Next(whole.Length)].ToArray();
            for (var change = chance.Next(1, 12); change > 0; change--)
                file[chance.Next(file.Length)] =
                    round % 2 == 0 ? (byte)chance.Next(256) : (byte)"<>[]()/%0123456789R {}\\"[chance.Next(22)];
            if (round % 3 == 0)
                file = file[..chance.Next(file.Length)];
            if (Refusal(file) is not null)
                refused++;
        }
        Assert.InRange(refused, 1, 3999);
    }

    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static byte[] Pdf(string more = "", string end = Trailer) =>
        Encoding.Latin1.GetBytes("%PDF-1.7\n" + Body + more + end);

    private static string Packed(string content, int first)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes(content));
        return $"8 0 obj\n<< /Type /ObjStm /N 1 /First {first} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"
            + Encoding.Latin1.GetString(packed.ToArray())
            + "\nendstream\nendobj\n";
    }

    private static string Repeat(string part, int size) => string.Concat(Enumerable.Repeat(part, size / part.Length));

    private static byte[] Jpeg(int width, int height, int packed) =>
        [
            0xFF,
            0xD8,
            0xFF,
            0xC0,
            0,
            11,
            8,
            (byte)(height >> 8),
            (byte)height,
            (byte)(width >> 8),
            (byte)width,
            1,
            1,
            0x11,
            0,
            0xFF,
            0xDA,
            0,
            8,
            1,
            1,
            0,
            0,
            63,
            0,
            .. new byte[packed],
            0xFF,
            0xD9,
        ];

    private static byte[] WithSize(byte[] png, int width, int height)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var value = uint.MaxValue;
        foreach (var one in bytes)
        {
            value ^= one;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }
        return ~value;
    }

    private static string? Refusal(byte[] content) => FileContent.Check(new MemoryStream(content)).Refusal;

    private static (string? Type, string? Refusal) Judge(byte[] content)
    {
        var verdict = FileContent.Check(new MemoryStream(content));
        return (verdict.ContentType, verdict.Refusal);
    }
}
