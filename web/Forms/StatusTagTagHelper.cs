using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>A status in words, in the colour of what it means.</summary>
[HtmlTargetElement("status-tag", Attributes = "status", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StatusTagTagHelper(Texts texts) : TagHelper
{
    public string Status { get; set; } = "";

    /// <summary>Instead of the status's own word: "Mend (2)".</summary>
    public string? Text { get; set => field = Markup.OrNull(value); }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "strong";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Css(Status));
        output.Content.SetContent(string.IsNullOrEmpty(Text) ? texts["status." + Status] : Text);
    }

    internal static TagBuilder Tag(string status, string text) => Element("strong", Css(status), text);

    private static string Css(string status) =>
        $"govuk-tag app-tag--{Forms.Status.ToneOf(status).ToString().ToLowerInvariant()}";
}
