namespace PedAtt.Applications;

/// <summary>The codes of the problems that this service alone answers with; their texts
/// stand in problems.json.</summary>
public static class Codes
{
    public const string ApplicationAlreadyExists = "application.already-exists";
    public const string BlockNotReturned = "block.not-returned";
    public const string PortfolioIncomplete = "portfolio.incomplete";
    public const string StatementNotSigned = "statement.not-signed";
    public const string ReturnedBlocksUnchanged = "returned-blocks.unchanged";
    public const string NothingReturned = "nothing-returned";
    public const string BlocksNotReviewed = "blocks.not-reviewed";
    public const string BlocksReturned = "blocks.returned";
    public const string ReceiptNotSigned = "receipt.not-signed";
    public const string AttestationYearOver = "attestation-year.over";
    public const string RulesNotInForce = "rules.not-in-force";
    public const string PartyConflict = "party.conflict";
    public const string CategoryNotHeld = "category.not-held";

    /// <summary>What can be wrong with a field of its forms; the pages have their texts.</summary>
    public static class Field
    {
        public const string AwardedCategoryNotOfOutcome = "awarded-category.not-of-outcome";
        public const string KeepsCurrentNoCategory = "keeps-current.no-category";
        public const string AttestationYearOutOfRange = "attestation-year.out-of-range";
        public const string SubjectsRequired = "subjects.required";
        public const string RulesNotAcknowledged = "rules.not-acknowledged";
        public const string CurrentCategoryDateRequired = "current-category.date-required";
        public const string ClaimedCategoryNotClaimable = "claimed-category.not-claimable";
        public const string ClaimedCategoryBelowCurrent = "claimed-category.below-current";
        public const string DateInFuture = "date.in-future";
        public const string UntilBeforeFrom = "until.before-from";
    }
}
