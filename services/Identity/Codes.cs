namespace PedAtt.Identity;

/// <summary>The codes of the problems that this service alone answers with; their texts
/// stand in problems.json.</summary>
public static class Codes
{
    public const string LoginAlreadyIssued = "login.already-issued";
    public const string CredentialsInvalid = "credentials.invalid";
    public const string ChallengeInvalid = "challenge.invalid";
    public const string EdsNotRegistered = "eds.not-registered";
    public const string EdsAccountEnded = "eds.account-ended";
    public const string AccountClosed = "account.closed";
    public const string SignatureMalformed = "signature.malformed";
    public const string SignatureInvalid = "signature.invalid";
    public const string SignatureAlgorithm = "signature.algorithm";
    public const string SignatureUntrusted = "signature.untrusted";
    public const string SignatureExpired = "signature.expired";
    public const string SignatureRevoked = "signature.revoked";
    public const string SignatureRevocationUnknown = "signature.revocation-unknown";
    public const string SignatureWrongSigner = "signature.wrong-signer";
    public const string SignatureWrongUsage = "signature.wrong-usage";
    public const string RefreshInvalid = "refresh.invalid";
    public const string RefreshReused = "refresh.reused";
    public const string OrganisationAlreadyExists = "organisation.already-exists";

    /// <summary>What can be wrong with a field of its forms; the pages have their texts.</summary>
    public static class Field
    {
        public const string IinAlreadyRegistered = "iin.already-registered";
        public const string IinTwice = "iin.twice";
        public const string EmailAlreadyRegistered = "email.already-registered";
        public const string PasswordWeak = "password.weak";
        public const string ConsentRequired = "consent.required";
        public const string LoginInvalid = "login.invalid";
        public const string LoginNotIssued = "login.not-issued";
        public const string LoginAlreadyUsed = "login.already-used";
        public const string TokenInvalid = "token.invalid";
        public const string RoleLevel = "role.level";
        public const string OrganisationLevel = "organisation.level";
        public const string BinInvalid = "bin.invalid";
        public const string KatoInvalid = "kato.invalid";
    }
}
