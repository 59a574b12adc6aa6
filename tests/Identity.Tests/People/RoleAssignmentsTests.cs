namespace PedAtt.Identity.Tests.People;

public sealed class RoleAssignmentsTests
{
    private static readonly Organisation Republic = Made(null, Levels.Republic);
    private static readonly Organisation District = Made(Republic, Levels.District);
    private static readonly Organisation School = Made(District, Levels.Organisation);
    private static readonly Organisation Elsewhere = Made(Republic, Levels.Organisation);

    private static readonly Assignment[] OfTheSchool = [new(Roles.Administrator, School.Id, Levels.Organisation)];
    private static readonly Assignment[] OfTheDistrict = [new(Roles.Administrator, District.Id, Levels.District)];

    [Fact]
    public void What_is_held_and_asked_for_stays()
    {
        var change = RoleAssignments.Change(
            [new(Roles.Teacher, School)],
            [new(Roles.Teacher, Again(School))],
            OfTheSchool
        );
        Assert.True(change.IsNone);
        Assert.Null(change.LastOrganisationId);
    }

    [Fact]
    public void One_is_given_and_another_taken()
    {
        var change = RoleAssignments.Change([new(Roles.Teacher, School)], [new(Roles.Secretary, School)], OfTheSchool);
        Assert.Equal("-teacher +secretary", change.ToString());
        Assert.Null(change.LastOrganisationId);
    }

    [Fact]
    public void Who_loses_the_last_role_belongs_where_it_was()
    {
        var change = RoleAssignments.Change([new(Roles.Teacher, School)], [], OfTheSchool);
        Assert.Equal((School.Id, "-teacher"), (change.LastOrganisationId, change.ToString()));
    }

    [Fact]
    public void What_lies_outside_the_administrators_part_of_the_tree_stays()
    {
        RoleOn[] held = [new(Roles.Teacher, School), new(Roles.Teacher, Elsewhere)];
        var change = RoleAssignments.Change(held, [], OfTheDistrict);
        Assert.Equal([new RoleOn(Roles.Teacher, School)], change.Taken);
        Assert.Null(change.LastOrganisationId);
        Refused(() => RoleAssignments.Change(held, [new(Roles.Secretary, Elsewhere)], OfTheDistrict));
    }

    [Fact]
    public void Nobody_gives_or_takes_what_the_table_does_not_let_them()
    {
        Refused(() => RoleAssignments.Change([], [new(Roles.Head, School)], OfTheSchool));
        Refused(() => RoleAssignments.Change([new(Roles.Head, School)], [], OfTheSchool));
        Assert.Equal("+head", RoleAssignments.Change([], [new(Roles.Head, School)], OfTheDistrict).ToString());
        Refused(() => RoleAssignments.Change([], [new(Roles.Teacher, School)], []));
    }

    private static void Refused(Func<RolesChange> change) =>
        Assert.Equal("role.not-allowed", Assert.Throws<Problem>(() => change()).Code);

    private static Organisation Made(Organisation? parent, string level) =>
        Organisation.Under(parent, level, "school", "Мектеп", "Школа", "220740000019", "000000000", "district");

    /// <summary>The same organisation, read a second time.</summary>
    private static Organisation Again(Organisation one) =>
        new()
        {
            Id = one.Id,
            ParentId = one.ParentId,
            Level = one.Level,
            Kind = one.Kind,
            NameKk = one.NameKk,
            NameRu = one.NameRu,
            Bin = one.Bin,
            Kato = one.Kato,
            Subordination = one.Subordination,
            Path = one.Path,
        };
}
