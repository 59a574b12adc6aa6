using PedAtt.Contracts.Internal;
using PedAtt.Portfolio.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Portfolio.Access;

/// <summary>Who may do what with a portfolio, judged by what Applications answered.</summary>
public static class Guards
{
    /// <exception cref="ProblemException">403 role.not-allowed</exception>
    public static void RequireOwner(this ApplicationAccess access)
    {
        if (!access.IsOwner)
            throw Problem.NotAllowed();
    }

    /// <exception cref="ProblemException">403 own-application, role.not-allowed</exception>
    public static void RequireRole(this ApplicationAccess access, string role)
    {
        if (access.IsOwner)
            throw Problem.NotAllowed(access.HeldRoles.Contains(role) ? "own-application" : "role.not-allowed");
        if (!access.Roles.Contains(role))
            throw Problem.NotAllowed();
    }

    /// <exception cref="RuleViolationException">portfolio.locked, block.not-returned</exception>
    public static void RequireOpen(this ApplicationAccess access, string block)
    {
        var open = access.Facts.Open;
        if (!open.Any)
            throw new RuleViolationException("portfolio.locked", "The portfolio is being looked at, or was decided on.");
        // The photo stands beside the ID card and follows it.
        if (!open.Everything && !open.Blocks.Contains(block == Catalogue.Photo ? Catalogue.IdentityCard : block))
            throw new RuleViolationException("block.not-returned", "Only what was returned may be changed.");
    }

    public static Claim Claim(this ApplicationFacts facts) => new(
        facts.Data.FilingDate, facts.Data.ClaimedCategory.Key, facts.Data.CurrentCategory?.Key, facts.EditVersion);

    /// <summary>The role in which somebody else reads: the first that lets them see it.</summary>
    public static string? ReadsAs(this ApplicationAccess access) => access.IsOwner ? null : access.Roles[0];
}
