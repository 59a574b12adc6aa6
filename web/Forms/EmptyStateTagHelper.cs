using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>Nothing here, said kindly, with what to do next within.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyStateTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "app-empty");
        output.PreContent.SetHtmlContent(Element("p", "app-empty__title", Title));
    }
}
