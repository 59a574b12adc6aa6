using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>Any of several.</summary>
[HtmlTargetElement("check-box-group", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CheckBoxGroupTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public string Legend
    {
        get => Label;
        set => Label = value;
    }

    public IEnumerable<Choice> Items { get; set; } = [];

    public IEnumerable<string> Values { get; set; } = [];

    /// <summary>What was sent is done with: the boxes stand as the page has them.</summary>
    public bool Fresh { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var chosen = Fresh ? [.. Values] : Form.Values(Name, [.. Values]);
        if (output.Attributes["data-module"]?.Value?.ToString() == "filter")
            TellResults(output);
        Fieldset(
            output,
            Element(
                "div",
                "govuk-checkboxes",
                Items.Select(
                    (item, index) =>
                        RadioGroupTagHelper.Option(
                            "checkbox",
                            "checkboxes",
                            Name,
                            item,
                            index,
                            chosen.Contains(item.Value)
                        )
                )
            )
        );
    }
}
