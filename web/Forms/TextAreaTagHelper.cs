using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>Several lines of text; with a limit it counts characters or words while they are typed.</summary>
[HtmlTargetElement("text-area", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextAreaTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public string? Value { get; set; }

    public int Rows { get; set; } = 5;

    public int? MaxCharacters { get; set; }

    public int? MaxWords { get; set; }

    public string? Lang { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var counts = MaxCharacters is not null || MaxWords is not null;
        var countId = counts ? Name + "-info" : null;
        // The first line break after <textarea> is the parser's, not the writer's.
        var area = Control("textarea", "govuk-textarea", counts ? "govuk-js-character-count" : null, countId)
            .Set("rows", Rows)
            .Set("lang", Lang)
            .With("\n" + Form.Value(Name, Value));
        Group(
            output,
            area,
            !counts ? null : Element("div", "govuk-hint govuk-character-count__message", Limit()).Set("id", countId)
        );
        if (counts)
            Count(output);
    }

    private string Limit() =>
        MaxWords is { } words
            ? Texts.Count("field.words-limit", words)
            : Texts.Count("field.characters-limit", MaxCharacters!.Value);

    private void Count(TagHelperOutput output)
    {
        var kind = MaxWords is null ? "characters" : "words";
        output.AddClass("govuk-character-count", HtmlEncoder.Default);
        output.Attributes.SetAttribute("data-module", "govuk-character-count");
        // With maxwords a word is what stands between spaces, as it is to the API.
        output.Attributes.SetAttribute("data-max" + (MaxWords is null ? "length" : "words"), MaxWords ?? MaxCharacters);
        output.Attributes.SetAttribute($"data-i18n.{kind}-at-limit", Texts[$"field.{kind}-at-limit"]);
        foreach (var side in new[] { "under", "over" })
        foreach (var plural in new[] { "one", "few", "many", "other" })
            if (Texts.Find($"field.{kind}-{side}-limit.{plural}") is { } text)
                output.Attributes.SetAttribute($"data-i18n.{kind}-{side}-limit.{plural}", text);
    }
}
