using PedAtt.Documents.Pdf;
using QRCoder;

namespace PedAtt.Documents.Register;

/// <summary>What stands on every document: its number, and where anybody can check it.</summary>
/// <param name="VerifyUrl">Also what the QR code holds.</param>
public sealed record DocumentHead(string Number, string VerifyUrl);

public static class DocumentFoot
{
    /// <summary>Closes the document with its foot.</summary>
    public static byte[] Save(PdfDocument document, DocumentHead head) =>
        document.Save(
            Modules(head.VerifyUrl),
            [
                "Құжаттың түпнұсқалығын QR-код немесе мына мекенжай арқылы тексеруге болады:",
                "Подлинность документа можно проверить по QR-коду или по адресу:",
                head.VerifyUrl,
            ],
            $"№ {head.Number}"
        );

    private static bool[,] Modules(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The matrix comes with a quiet zone of four; paper is white around ours anyway.
        const int quiet = 4;
        var matrix = code.ModuleMatrix;
        var count = matrix.Count - (2 * quiet);
        var modules = new bool[count, count];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
                modules[row, column] = matrix[row + quiet][column + quiet];
        }
        return modules;
    }
}
