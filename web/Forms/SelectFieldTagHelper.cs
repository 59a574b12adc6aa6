using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>One of many.</summary>
[HtmlTargetElement("select-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SelectFieldTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public IEnumerable<Choice> Items { get; set; } = [];

    public string? Value { get; set; }

    /// <summary>What stands there while nothing is chosen; "choose" where left out, no such line where empty.</summary>
    public string? Prompt { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var chosen = Form.Value(Name, Value);
        var prompt = Prompt ?? Texts["field.choose"];
        Group(
            output,
            Control("select", "govuk-select")
                .With(prompt.Length == 0 ? null : Option("", prompt, false))
                .With(Items.Select(item => Option(item.Value, item.Text, item.Value == chosen)))
        );
    }

    private static TagBuilder Option(string value, string text, bool selected) =>
        Element("option", null, text).Set("value", value).Flag("selected", selected);
}
