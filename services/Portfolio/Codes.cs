namespace PedAtt.Portfolio;

/// <summary>The codes of the problems that this service alone answers with; their texts
/// stand in problems.json.</summary>
public static class Codes
{
    public const string PortfolioLocked = "portfolio.locked";
    public const string BlockNotApplicable = "block.not-applicable";
    public const string BlockNotReturned = "block.not-returned";
    public const string BlockSingleEntry = "block.single-entry";
    public const string BlockFull = "block.full";
    public const string PortfolioFull = "portfolio.full";
    public const string UploadTooMany = "upload.too-many";
    public const string UploadStepTooSmall = "upload.step-too-small";
    public const string BlockEmpty = "block.empty";
    public const string UploadProtocol = "upload.protocol";
    public const string UploadOffset = "upload.offset";
    public const string UploadIncomplete = "upload.incomplete";
    public const string UploadUsed = "upload.used";
    public const string UploadExpired = "upload.expired";

    /// <summary>What can be wrong with a field of its forms; the pages have their texts.</summary>
    public static class Field
    {
        public const string WordsTooFew = "words.too-few";
        public const string WordsTooMany = "words.too-many";
    }
}
