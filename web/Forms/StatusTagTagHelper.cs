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
    public string? Text
    {
        get;
        set => field = Markup.OrNull(value);
    }

    /// <summary>The reader only watches: what waits for somebody waits for another.</summary>
    public bool Watched { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "strong";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Css(Status, Watched));
        output.Content.SetContent(string.IsNullOrEmpty(Text) ? texts["status." + Status] : Text);
    }

    internal static TagBuilder Tag(string status, string text) => Element("strong", Css(status), text);

    private static string Css(string status, bool watched = false)
    {
        var tone = Forms.Status.ToneOf(status);
        return $"govuk-tag app-tag--{(watched && tone == Tone.Attention ? Tone.Quiet : tone).ToString().ToLowerInvariant()}";
    }
}
