namespace PedAtt.ServiceDefaults.Access;

/// <summary>The roles of api.md. A role is always an assignment on an organisation and acts on it and what is below
/// it.</summary>
public static class Roles
{
    public const string Teacher = "teacher";
    public const string Secretary = "secretary";
    public const string Executor = "executor";
    public const string CommissionMember = "commission-member";
    public const string CommissionChair = "commission-chair";
    public const string Head = "head";
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> All =
    [
        Teacher,
        Secretary,
        Executor,
        CommissionMember,
        CommissionChair,
        Head,
        Administrator,
    ];
}

/// <summary>The levels of the tree of organisations, and of the bodies that decide (paragraph 19 of the
/// Rules).</summary>
public static class Levels
{
    public const string Republic = "republic";
    public const string Region = "region";
    public const string District = "district";
    public const string Organisation = "organisation";

    public static readonly IReadOnlyList<string> All = [Republic, Region, District, Organisation];
}

/// <param name="Level">The level of the organisation, so that nobody has to ask Identity for it.</param>
public sealed record Assignment(string Role, Guid OrganisationId, string Level);
