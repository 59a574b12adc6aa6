using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PedAtt.Web.Forms;

/// <summary>The key of a form that makes something new (<see cref="FormState.Once"/>).</summary>
[HtmlTargetElement("once-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class OnceFieldTagHelper(FormState form) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "input";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("type", "hidden");
        output.Attributes.SetAttribute("name", FormState.OnceField);
        output.Attributes.SetAttribute("value", form.Once);
    }
}
