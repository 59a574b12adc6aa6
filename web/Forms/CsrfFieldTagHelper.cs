using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PedAtt.Web.Forms;

/// <summary>
/// The proof that a form is ours: the gateway tells this request its token and asks for it when the form comes back.
/// </summary>
[HtmlTargetElement("csrf-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CsrfFieldTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "input";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("type", "hidden");
        output.Attributes.SetAttribute("name", CsrfToken.Field);
        output.Attributes.SetAttribute("value", View.HttpContext.Request.Headers[PagesHeaders.Csrf].ToString());
    }
}
