using PedAtt.Applications.Filing;
using PedAtt.Applications.Rules;
using PedAtt.Applications.Year;

namespace PedAtt.Applications.Tests.Filing;

public sealed class ApplicationFormTests
{
    private static readonly ApplicationForm Good = Given.Form() with { AttestationYear = 2027 };

    private static Dictionary<string, string[]> Errors(ApplicationForm form, DateOnly? today = null)
    {
        var errors = new List<(string Field, string Code)>();
        var fields = form.Check(
            Given.Rules.Reference,
            today ?? Given.Today,
            year => SchoolYear.IsOpen(year, today ?? Given.Today),
            (field, code) => errors.Add((field, code))
        );
        Assert.Equal(errors.Count == 0, fields is not null);
        return errors
            .GroupBy(error => error.Field)
            .ToDictionary(group => group.Key, group => group.Select(error => error.Code).ToArray());
    }

    private static void Refuses(ApplicationForm form, string field, params string[] codes) =>
        Assert.Equal(new Dictionary<string, string[]> { [field] = codes }, Errors(form));

    [Fact]
    public void A_good_form_has_no_errors() => Assert.Empty(Errors(Good));

    [Fact]
    public void An_empty_form_tells_everything_that_it_lacks_at_once() =>
        Assert.Equal(
            new Dictionary<string, string[]>
            {
                ["attestationYear"] = ["required"],
                ["statementForm"] = ["required"],
                ["positionRu"] = ["required"],
                ["positionKk"] = ["required"],
                ["attestationKind"] = ["required"],
                ["claimedCategory"] = ["required"],
                ["email"] = ["required"],
                ["phone"] = ["required"],
                ["subjects"] = ["subjects.required"],
                ["rulesAcknowledged"] = ["rules.not-acknowledged"],
            },
            Errors(new(null, null, null, null, null, null, null, null, null, null, null, null, null, null))
        );

    [Theory]
    [InlineData("2026-08-31", 2026, true)]
    [InlineData("2026-08-31", 2027, true)]
    [InlineData("2026-08-31", 2028, false)]
    [InlineData("2026-09-01", 2026, false)]
    [InlineData("2026-09-01", 2027, true)]
    [InlineData("2026-09-01", 2028, true)]
    public void An_application_is_for_this_school_year_or_the_next(string today, int year, bool isOpen)
    {
        var errors = Errors(Good with { AttestationYear = year }, DateOnly.Parse(today));
        Assert.Equal(isOpen, errors.Count == 0);
        if (!isOpen)
            Assert.Equal(["attestation-year.out-of-range"], errors["attestationYear"]);
    }

    [Fact]
    public void Positions_have_2_to_200_characters()
    {
        Refuses(Good with { PositionRu = "у" }, "positionRu", "field.too-short");
        Refuses(Good with { PositionKk = new string('м', 201) }, "positionKk", "field.too-long");
        Refuses(Good with { PositionKk = new string('м', 800) }, "positionKk", "field.too-long");
        Assert.Empty(Errors(Good with { PositionRu = "уч", PositionKk = new string('м', 200) }));
    }

    [Fact]
    public void Control_characters_are_refused_but_new_lines_are_allowed_in_about()
    {
        Refuses(Good with { PositionRu = "учи\nтель" }, "positionRu", "text.control-characters");
        Refuses(Good with { About = "а\u0007б" }, "about", "text.control-characters");
        Refuses(Good with { About = "а\u0000б" }, "about", "text.control-characters");
        Refuses(Good with { About = new string('а', 2001) }, "about", "field.too-long");
        // A tab is a blank where a body is read.
        Assert.Empty(Errors(Good with { About = "а\nб" }));
    }

    [Theory]
    [InlineData("teacher")]
    [InlineData("teacher@example")]
    [InlineData("a@b@example.kz")]
    [InlineData("a b@example.kz")]
    [InlineData("teacher@example..kz")]
    [InlineData("teacher@example.kz\n")]
    public void An_e_mail_address_is_one(string email) =>
        Refuses(Good with { Email = email }, "email", "email.invalid");

    [Fact]
    public void An_e_mail_address_has_at_most_254_characters() =>
        Refuses(Good with { Email = new string('a', 250) + "@example.kz" }, "email", "field.too-long");

    [Theory]
    [InlineData("87011234567")]
    [InlineData("+7701123456")]
    [InlineData("+770112345678")]
    [InlineData("+7 701 123 45 67")]
    [InlineData("+7701123456٧")]
    public void A_phone_is_plus_seven_and_ten_digits(string phone) =>
        Refuses(Good with { Phone = phone }, "phone", "phone.invalid");

    [Fact]
    public void Keys_are_those_of_the_reference_data()
    {
        Refuses(Good with { StatementForm = "other" }, "statementForm", "unknown-key");
        Refuses(Good with { AttestationKind = "other" }, "attestationKind", "unknown-key");
        Refuses(Good with { Subjects = ["mathematics", "magic"] }, "subjects", "unknown-key");
        Refuses(Good with { Subjects = [null] }, "subjects", "unknown-key");
        Refuses(Good with { CurrentCategory = "other" }, "currentCategory", "unknown-key");
        Refuses(Good with { ClaimedCategory = "other" }, "claimedCategory", "unknown-key");
    }

    [Fact]
    public void Whoever_is_not_a_subject_teacher_names_no_subjects()
    {
        Refuses(Good with { Subjects = [] }, "subjects", "subjects.required");
        var fields = (Good with { NotSubjectTeacher = true }).Check(
            Given.Rules.Reference,
            Given.Today,
            _ => true,
            (_, _) => { }
        );
        Assert.Empty(fields!.Subjects);
    }

    [Fact]
    public void An_awarded_category_needs_its_last_day()
    {
        Refuses(
            Good with
            {
                CurrentCategoryValidUntil = null,
            },
            "currentCategoryValidUntil",
            "current-category.date-required"
        );
        Assert.Empty(Errors(Good with { CurrentCategory = null, CurrentCategoryValidUntil = null }));
        Assert.Empty(Errors(Good with { CurrentCategory = "teacher", CurrentCategoryValidUntil = null }));
    }

    [Fact]
    public void A_claimed_category_is_one_that_can_be_claimed_and_not_below_the_current_one()
    {
        Refuses(Good with { ClaimedCategory = "teacher" }, "claimedCategory", "claimed-category.not-claimable");
        Refuses(Good with { ClaimedCategory = "legacy-first" }, "claimedCategory", "claimed-category.not-claimable");
        Refuses(Good with { CurrentCategory = "teacher-master" }, "claimedCategory", "claimed-category.below-current");
        Assert.Empty(Errors(Good with { CurrentCategory = "teacher-expert" }));
    }

    [Fact]
    public void The_rules_have_to_be_acknowledged() =>
        Refuses(Good with { RulesAcknowledged = false }, "rulesAcknowledged", "rules.not-acknowledged");
}
