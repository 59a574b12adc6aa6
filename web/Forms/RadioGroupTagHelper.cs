using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>One of a few.</summary>
[HtmlTargetElement("radio-group", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RadioGroupTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public string Legend
    {
        get => Label;
        set => Label = value;
    }

    public IEnumerable<Choice> Items { get; set; } = [];

    public string? Value { get; set; }

    /// <summary>Side by side, for two short words.</summary>
    public bool Inline { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var chosen = Form.Value(Name, Value);
        Fieldset(
            output,
            Element(
                "div",
                "govuk-radios" + (Inline ? " govuk-radios--inline" : ""),
                Items.Select((item, index) => Option("radio", "radios", Name, item, index, item.Value == chosen))
            )
        );
    }

    /// <summary>The first bears the field's own id: the summary of errors leads to it.</summary>
    internal static object Option(string type, string block, string name, Choice item, int index, bool chosen)
    {
        var id = index == 0 ? name : $"{name}-{index + 1}";
        var hintId = item.Hint is null ? null : id + "-item-hint";
        return Element(
            "div",
            $"govuk-{block}__item",
            Element("input", $"govuk-{block}__input")
                .Set("id", id)
                .Set("name", name)
                .Set("type", type)
                .Set("value", item.Value)
                .Set("aria-describedby", hintId)
                .Flag("checked", chosen),
            Element("label", $"govuk-label govuk-{block}__label", item.Text).Set("for", id),
            hintId is null ? null : Element("div", $"govuk-hint govuk-{block}__hint", item.Hint).Set("id", hintId)
        );
    }
}
