using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>One line of text.</summary>
[HtmlTargetElement("text-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextFieldTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    /// <summary>What is stored; shown until something was typed.</summary>
    public string? Value { get; set; }

    public string Type { get; set; } = "text";

    public string? Autocomplete { get; set; }

    public string? Inputmode { get; set; }

    /// <summary>Room for so many characters: 2, 3, 4, 5, 10, 20 or 30; the whole width where left out.</summary>
    public int? Width { get; set; }

    public string? Prefix { get; set; }

    public string? Suffix { get; set; }

    public int? Maxlength { get; set; }

    /// <summary>The language that is typed here, for what reads it aloud or checks its spelling.</summary>
    public string? Lang { get; set; }

    public bool Readonly { get; set; }

    /// <summary>The id of a datalist with what may be meant; a script searches it by typing.</summary>
    public string? List { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var plain = Type is "email" or "tel" || Inputmode == "numeric" || Autocomplete is "username" or "one-time-code";
        var input = Control("input", "govuk-input", Width is { } width ? $"govuk-input--width-{width}" : null)
            .Set("type", Type)
            .Set("value", Form.Value(Name, Value))
            .Flag("readonly", Readonly)
            .Set("autocomplete", Autocomplete)
            .Set("inputmode", Inputmode)
            .Set("maxlength", Maxlength)
            .Set("lang", Lang)
            .Set("list", List)
            .Set("spellcheck", plain ? "false" : null)
            .Set("autocapitalize", plain ? "none" : null);
        if (List is not null)
            TellAutocomplete(output);
        Group(
            output,
            Prefix is null && Suffix is null
                ? input
                : Element(
                    "div",
                    "govuk-input__wrapper",
                    Affix("govuk-input__prefix", Prefix),
                    input,
                    Affix("govuk-input__suffix", Suffix)
                )
        );
    }

    private void TellAutocomplete(TagHelperOutput output)
    {
        output.Attributes.SetAttribute("data-module", "autocomplete");
        output.Attributes.SetAttribute("data-label", Texts["search.suggestions"]);
        TellResults(output);
    }

    private static TagBuilder? Affix(string css, string? text) =>
        text is null ? null : Element("div", css, text).Set("aria-hidden", "true");
}
