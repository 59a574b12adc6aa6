using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>A day as day, month and year; read with <see cref="DateInput.Read"/>. Its value is yyyy-MM-dd.</summary>
[HtmlTargetElement("date-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateFieldTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public string Legend
    {
        get => Label;
        set => Label = value;
    }

    public string? Value { get; set; }

    /// <summary>The date is the person's day of birth: the browser may offer it.</summary>
    public bool Birthday { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Hint ??= Texts["date.hint"];
        var (day, month, year) = DateInput.Parts(Value);
        Fieldset(
            output,
            Element("div", "govuk-date-input", Item("day", day, 2), Item("month", month, 2), Item("year", year, 4))
        );
    }

    /// <summary>The day bears the field's own id: the summary of errors leads to it.</summary>
    private TagBuilder Item(string part, string? stored, int width)
    {
        var id = part == "day" ? Name : $"{Name}.{part}";
        return Element(
            "div",
            "govuk-date-input__item",
            Element(
                "div",
                "govuk-form-group",
                Element("label", "govuk-label govuk-date-input__label", Texts["date." + part]).Set("for", id),
                Element(
                        "input",
                        Classes(
                            "govuk-input govuk-date-input__input",
                            $"govuk-input--width-{width}",
                            Wrong ? "govuk-input--error" : null
                        )
                    )
                    .Set("id", id)
                    .Set("name", $"{Name}.{part}")
                    .Set("value", Form.Value($"{Name}.{part}", stored))
                    .Set("type", "text")
                    .Set("inputmode", "numeric") // Room for a whole date: pasted into the day it is spread over all three.
                    .Set("maxlength", part == "day" ? 10 : width)
                    .Set("autocomplete", Birthday ? "bday-" + part : null)
                    .Set("aria-invalid", Wrong ? "true" : null)
            )
        );
    }
}
