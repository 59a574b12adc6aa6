using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>What was answered, row by row.</summary>
[HtmlTargetElement("summary-list")]
public sealed class SummaryListTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.AddClass("govuk-summary-list", HtmlEncoder.Default);
    }
}

/// <summary>One answer: its text is <see cref="Value"/>, or whatever stands within.</summary>
[HtmlTargetElement("summary-row", ParentTag = "summary-list", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SummaryRowTagHelper(Texts texts) : TagHelper
{
    public string Key { get; set; } = "";

    public string? Value
    {
        get;
        set => field = Markup.OrNull(value);
    }

    /// <summary>Where the answer can be changed.</summary>
    public string? Change
    {
        get;
        set => field = Markup.OrNull(value);
    }

    /// <summary>The word of that link; "change" where left out.</summary>
    public string? ChangeText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute(
            "class",
            Classes("govuk-summary-list__row", Change is null ? "govuk-summary-list__row--no-actions" : null)
        );
        output.Content.AppendHtml(Element("dt", "govuk-summary-list__key", Key));
        output.Content.AppendHtml(
            Element(
                "dd",
                "govuk-summary-list__value",
                Value is not null ? Value
                    : content.IsEmptyOrWhiteSpace ? Element("span", "app-quiet", texts["summary.empty"])
                    : content
            )
        );
        if (Change is not null)
            output.Content.AppendHtml(
                Element(
                    "dd",
                    "govuk-summary-list__actions",
                    Element("a", "govuk-link", ChangeText ?? texts["summary.change"], Hidden(": " + Key))
                        .Set("href", Change)
                )
            );
    }
}
