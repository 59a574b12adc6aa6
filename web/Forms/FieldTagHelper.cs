using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>
/// What every field has: a name (its id as well, so that the summary of errors leads to it), a label, a hint, and
/// around the control what was typed and what is wrong with it, from <see cref="FormState"/>. Attributes that a field
/// does not know (id, class, data-module …) stay on the group around it.
/// </summary>
public abstract class FieldTagHelper(FormState form, Texts texts) : TagHelper
{
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint
    {
        get;
        set => field = Markup.OrNull(value);
    }

    /// <summary>Says after the label that the field may be left empty.</summary>
    public bool Optional { get; set; }

    /// <summary>The label is the heading of a page that asks one thing.</summary>
    public bool Heading { get; set; }

    protected FormState Form => form;

    protected Texts Texts => texts;

    protected bool Wrong => form.MessagesFor(Name).Any();

    private string? HintId => Hint is null ? null : Name + "-hint";

    private string? MessageId => Wrong ? Name + "-error" : null;

    /// <summary>For aria-describedby: the hint, the message and <paramref name="more"/>.</summary>
    protected string? DescribedBy(string? more = null)
    {
        var ids = new[] { HintId, MessageId, more }.OfType<string>().ToList();
        return ids.Count == 0 ? null : string.Join(' ', ids);
    }

    /// <summary>What is filled in: named, described and marked where it is wrong.</summary>
    protected TagBuilder Control(string element, string block, string? css = null, string? describedBy = null) =>
        Element(element, Classes(block, Wrong ? block + "--error" : null, css))
            .Set("id", Name)
            .Set("name", Name)
            .Set("aria-describedby", DescribedBy(describedBy))
            .Set("aria-invalid", Wrong ? "true" : null);

    protected TagBuilder LabelElement()
    {
        var css = Classes("govuk-label", "govuk-label--" + (Heading ? "l" : "s"));
        var label = Element("label", css, LabelContent()).Set("for", Name);
        return Heading ? Element("h1", "govuk-label-wrapper", label) : label;
    }

    protected TagBuilder? HintElement() => Hint is null ? null : Element("div", "govuk-hint", Hint).Set("id", HintId);

    protected TagBuilder? MessageElement() =>
        !Wrong
            ? null
            : Element(
                    "p",
                    "govuk-error-message",
                    Hidden(texts["error.prefix"] + " "),
                    string.Join(" ", form.MessagesFor(Name))
                )
                .Set("id", MessageId);

    /// <summary>Label, hint and message over one control.</summary>
    protected void Group(TagHelperOutput output, params IEnumerable<TagBuilder?> controls) =>
        Alone(output, [LabelElement(), HintElement(), MessageElement(), .. controls]);

    /// <summary>A control that brings its own label.</summary>
    protected void Alone(TagHelperOutput output, params IEnumerable<TagBuilder?> controls)
    {
        Open(output);
        foreach (var part in controls.OfType<TagBuilder>())
            output.Content.AppendHtml(part);
    }

    /// <summary>Legend, hint and message over several controls.</summary>
    protected void Fieldset(TagHelperOutput output, TagBuilder controls)
    {
        Open(output);
        var css = Classes("govuk-fieldset__legend", "govuk-fieldset__legend--" + (Heading ? "l" : "s"));
        var legend = Element(
            "legend",
            css,
            Heading ? [Element("h1", "govuk-fieldset__heading", LabelContent())] : LabelContent()
        );
        output.Content.AppendHtml(
            Element("fieldset", "govuk-fieldset", legend, HintElement(), MessageElement(), controls)
                .Set("role", "group")
                .Set("aria-describedby", DescribedBy())
        );
    }

    /// <summary>How many were found, for a script to say: data-results.one and so on.</summary>
    protected void TellResults(TagHelperOutput output)
    {
        foreach (var number in (string[])["one", "few", "many", "other"])
            if (texts.Find($"search.results.{number}") is { } text)
                output.Attributes.SetAttribute($"data-results.{number}", text);
    }

    private void Open(TagHelperOutput output)
    {
        form.Name(Name, Label);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.AddClass("govuk-form-group", HtmlEncoder.Default);
        if (Wrong)
            output.AddClass("govuk-form-group--error", HtmlEncoder.Default);
    }

    private object?[] LabelContent() =>
        [Label, Optional ? Element("span", "app-optional", " " + texts["field.optional"]) : null];
}
