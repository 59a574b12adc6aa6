using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>One box to tick: a consent, a yes. Sent as <c>true</c>, or not at all.</summary>
[HtmlTargetElement("check-box", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CheckBoxTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public const string Ticked = "true";

    public bool Checked { get; set; }

    public string Value { get; set; } = Ticked;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var ticked = Form.Values(Name, Checked ? [Value] : []).Contains(Value);
        Alone(
            output,
            MessageElement(),
            Element(
                "div",
                "govuk-checkboxes",
                Element(
                    "div",
                    "govuk-checkboxes__item",
                    Control("input", "govuk-checkboxes__input")
                        .Set("type", "checkbox")
                        .Set("value", Value)
                        .Flag("checked", ticked),
                    Element("label", "govuk-label govuk-checkboxes__label", Label).Set("for", Name),
                    HintElement()?.Css("govuk-hint govuk-checkboxes__hint")
                )
            )
        );
    }
}
