using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PedAtt.Web.Forms;

/// <summary>A link that is the main thing to do on a page.</summary>
[HtmlTargetElement("link-button", Attributes = "href")]
public sealed class LinkButtonTagHelper : TagHelper
{
    public string Kind { get; set; } = "primary";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.Attributes.SetAttribute("class", SubmitButtonTagHelper.Css(Kind));
        output.Attributes.SetAttribute("draggable", "false");
    }
}
