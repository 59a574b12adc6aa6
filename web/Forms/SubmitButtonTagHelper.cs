using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PedAtt.Web.Forms;

/// <summary>
/// Sends the form; a second click within a second does not. Never disabled: what is missing is said afterwards.
/// </summary>
[HtmlTargetElement("submit-button")]
public sealed class SubmitButtonTagHelper : TagHelper
{
    /// <summary><c>primary</c>, <c>secondary</c>, or <c>warning</c> for what cannot be taken back.</summary>
    public string Kind { get; set; } = "primary";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "button";
        output.Attributes.SetAttribute("type", "submit");
        output.Attributes.SetAttribute("class", Css(Kind));
        output.Attributes.SetAttribute("data-module", "govuk-button");
        output.Attributes.SetAttribute("data-prevent-double-click", "true");
    }

    internal static string Css(string kind) =>
        kind switch
        {
            "primary" => "govuk-button",
            "secondary" or "warning" => "govuk-button govuk-button--" + kind,
            _ => throw new ArgumentOutOfRangeException(
                nameof(kind),
                kind,
                "A button is primary, secondary or warning."
            ),
        };
}
