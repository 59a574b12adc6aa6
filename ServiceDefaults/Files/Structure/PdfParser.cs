using System.Globalization;
using System.Text;

namespace PedAtt.ServiceDefaults.Files.Structure;

internal sealed record PdfName(string Text);

internal sealed record PdfReference(int Number, int Generation);

/// <summary>A word that is no value: <c>endobj</c>, <c>stream</c>, <c>]</c>, the end of the file.</summary>
internal sealed record PdfWord(string Text);

internal sealed class PdfDictionary : Dictionary<string, object?>
{
    public string? Name(string key) => (this.GetValueOrDefault(key) as PdfName)?.Text;

    public long? Integer(string key) =>
        this.GetValueOrDefault(key) is double number && Math.Abs(number) < 1e15 ? (long)number : null;

    public byte[]? String(string key) => this.GetValueOrDefault(key) as byte[];

    public PdfDictionary? Dictionary(string key) => this.GetValueOrDefault(key) as PdfDictionary;
}

/// <summary>
/// Reads the values of ISO 32000-1, 7.3, as forgivingly as readers do. A number is a double, a string its first bytes,
/// an array a list, a stream its dictionary. How deep and how large a value may be is limited.
/// </summary>
/// <param name="seen">Is given every dictionary, also those within others.</param>
internal sealed class PdfParser(ByteWindow bytes, Action<PdfDictionary> seen)
{
    private const int MaxDepth = 250;
    private const int MaxValues = 500_000;
    private const int KeptOfString = 4096;
    private const int KeptOfWord = 256;

    private static readonly PdfWord End = new("");
    private static readonly PdfWord ArrayEnd = new("]");
    private static readonly PdfWord DictionaryEnd = new(">>");
    private static readonly object True = true;
    private static readonly object False = false;

    private int values;

    public long Position { get; set; }

    public static bool IsSpace(int value) => value is ' ' or '\n' or '\r' or '\t' or '\f' or 0;

    public static bool IsDelimiter(int value) =>
        value is '(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%';

    public static bool IsRegular(int value) => value >= 0 && !IsSpace(value) && !IsDelimiter(value);

    /// <exception cref="TooMuchWorkException"/>
    public object? ReadObject()
    {
        values = 0;
        return ReadValue(0);
    }

    public void SkipSpace()
    {
        while (bytes.At(Position) is var next and >= 0)
        {
            if (next == '%')
                while (bytes.At(Position) is >= 0 and not '\n' and not '\r')
                    Position++;
            else if (IsSpace(next))
                Position++;
            else
                return;
        }
    }

    /// <summary>Passes over the word where it stands next.</summary>
    public bool TakeWord(ReadOnlySpan<byte> word)
    {
        if (!bytes.Is(Position, word) || IsRegular(bytes.At(Position + word.Length)))
            return false;
        Position += word.Length;
        return true;
    }

    /// <summary>A whole number without a sign; otherwise the position stays.</summary>
    public bool TakeNumber(out int number)
    {
        (number, var at) = (0, Position);
        long value = 0;
        while (bytes.At(at) is >= '0' and <= '9' and var digit && at - Position < 20)
            (value, at) = (Math.Min((value * 10) + digit - '0', int.MaxValue), at + 1);
        if (at == Position || IsRegular(bytes.At(at)) || value == int.MaxValue)
            return false;
        (number, Position) = ((int)value, at);
        return true;
    }

    private object? ReadValue(int depth)
    {
        if (depth > MaxDepth || ++values > MaxValues)
            throw new TooMuchWorkException();
        SkipSpace();
        switch (bytes.At(Position))
        {
            case < 0:
                return End;
            case '/':
                Position++;
                return new PdfName(ReadName());
            case '(':
                return ReadString();
            case '<' when bytes.At(Position + 1) == '<':
                Position += 2;
                return ReadDictionary(depth);
            case '<':
                return ReadHexString();
            case '>' when bytes.At(Position + 1) == '>':
                Position += 2;
                return DictionaryEnd;
            case '[':
                Position++;
                return ReadArray(depth);
            case ']':
                Position++;
                return ArrayEnd;
            case >= '0' and <= '9':
                return (object?)ReadReference() ?? ReadNumber();
            case '+' or '-' or '.':
                return ReadNumber();
            case ')' or '>' or '{' or '}':
                Position++;
                return new PdfWord("?");
            default:
                return ReadWord() switch
                {
                    "null" => null,
                    "true" => True,
                    "false" => False,
                    var word => new PdfWord(word),
                };
        }
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        var dictionary = new PdfDictionary();
        while (true)
        {
            var before = Position;
            var key = ReadValue(depth + 1);
            if (key is PdfWord { Text: ">>" or "" } || IsEndOfObject(key, before))
                break;
            if (key is not PdfName name)
                continue;
            before = Position;
            var value = ReadValue(depth + 1);
            if (value is PdfWord { Text: ">>" or "" } || IsEndOfObject(value, before))
                break;
            dictionary[name.Text] = value;
        }
        seen(dictionary);
        return dictionary;
    }

    private List<object?> ReadArray(int depth)
    {
        var array = new List<object?>();
        while (true)
        {
            var before = Position;
            var value = ReadValue(depth + 1);
            if (value is PdfWord { Text: "]" or "" } || IsEndOfObject(value, before))
                return array;
            array.Add(value);
        }
    }

    /// <summary>Something was left open: what stands here closes all of it, and is read again by who reads
    /// objects.</summary>
    private bool IsEndOfObject(object? value, long before)
    {
        if (
            value
            is not PdfWord { Text: "endobj" or "obj" or "stream" or "endstream" or "xref" or "trailer" or "startxref" }
        )
            return false;
        Position = before;
        return true;
    }

    private PdfReference? ReadReference()
    {
        var before = Position;
        if (TakeNumber(out var number))
        {
            SkipSpace();
            if (TakeNumber(out var generation))
            {
                SkipSpace();
                if (TakeWord("R"u8))
                    return new PdfReference(number, generation);
            }
        }
        Position = before;
        return null;
    }

    private double ReadNumber()
    {
        var text = ReadWord();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0.0;
    }

    private string ReadWord()
    {
        var word = new StringBuilder();
        while (bytes.At(Position) is var next && IsRegular(next))
        {
            if (word.Length < KeptOfWord)
                word.Append((char)next);
            Position++;
        }
        return word.ToString();
    }

    /// <summary>With <c>#45</c> for a letter, as 7.3.5 allows: a name has many spellings.</summary>
    private string ReadName()
    {
        var name = new StringBuilder();
        while (bytes.At(Position) is var next && IsRegular(next))
        {
            if (
                next == '#'
                && Hex(bytes.At(Position + 1)) is >= 0 and var high
                && Hex(bytes.At(Position + 2)) is >= 0 and var low
            )
                (next, Position) = ((high << 4) + low, Position + 2);
            if (name.Length < KeptOfWord)
                name.Append((char)next);
            Position++;
        }
        return name.ToString();
    }

    private byte[] ReadString()
    {
        var from = ++Position;
        var kept = new List<byte>();
        for (var open = 1; ; Position++)
        {
            var next = bytes.At(Position);
            if (next < 0)
            {
                // It is never closed. What follows it is read as if it had been no string, and paid for: this can be
                // had many times.
                bytes.Charge(Position - from);
                Position = from;
                return [];
            }
            if (next == ')' && --open == 0)
                break;
            if (next == '(')
                open++;
            if (next == '\\')
                next = ReadEscape();
            if (next >= 0 && kept.Count < KeptOfString)
                kept.Add((byte)next);
        }
        Position++;
        return [.. kept];
    }

    /// <summary>Leaves the position on the escape's last byte.</summary>
    private int ReadEscape()
    {
        var letter = bytes.At(++Position);
        switch (letter)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '\r':
                if (bytes.At(Position + 1) == '\n')
                    Position++;
                return -1;
            case '\n':
                return -1;
            case >= '0' and <= '7':
                var value = letter - '0';
                for (
                    var digits = 1;
                    digits < 3 && bytes.At(Position + 1) is >= '0' and <= '7' and var digit;
                    digits++, Position++
                )
                    value = (value * 8) + digit - '0';
                return value & 0xFF;
            default:
                return letter;
        }
    }

    private byte[] ReadHexString()
    {
        Position++;
        var kept = new List<byte>();
        var half = -1;
        while (bytes.At(Position) is >= 0 and not '>' and var next)
        {
            Position++;
            if (Hex(next) is not (>= 0 and var digit))
                continue;
            if (half < 0)
                half = digit;
            else
            {
                if (kept.Count < KeptOfString)
                    kept.Add((byte)((half << 4) + digit));
                half = -1;
            }
        }
        Position++;
        if (half >= 0)
            kept.Add((byte)(half << 4));
        return [.. kept];
    }

    private static int Hex(int letter) =>
        letter switch
        {
            >= '0' and <= '9' => letter - '0',
            >= 'A' and <= 'F' => letter - 'A' + 10,
            >= 'a' and <= 'f' => letter - 'a' + 10,
            _ => -1,
        };
}
