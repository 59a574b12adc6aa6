using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>Something to know before anything else: done, to be done, or good to know.</summary>
[HtmlTargetElement("notice")]
public sealed class NoticeTagHelper(Texts texts) : TagHelper
{
    /// <summary><c>success</c>, <c>warning</c> (gold: something waits for the reader) or <c>info</c>.</summary>
    public string Kind { get; set; } = "info";

    public string? Title { get; set; }

    /// <summary>It tells what the reader has just done: read aloud at once.</summary>
    public bool Announce { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.TagName = "div";
        output.AddClass("app-notice", HtmlEncoder.Default);
        output.AddClass("app-notice--" + Kind, HtmlEncoder.Default);
        if (Announce)
            output.Attributes.SetAttribute("role", "alert");
        output.Content.AppendHtml(
            Title is null
                ? Hidden(texts["notice." + Kind] + ": ")
                : Element("p", "app-notice__title", Hidden(texts["notice." + Kind] + ": "), Title)
        );
        output.Content.AppendHtml(Element("div", "app-notice__text", text));
    }
}
