using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>One of many. With <c>data-module="autocomplete"</c> it can be searched by typing.</summary>
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
        Group(output, Element("select", "govuk-select" + (Wrong ? " govuk-select--error" : ""),
                new[] { prompt.Length == 0 ? null : Element("option", null, prompt).Set("value", "") }
                    .Concat(Items.Select(item => Element("option", null, item.Text).Set("value", item.Value).Flag("selected", item.Value == chosen))))
            .Set("id", Name).Set("name", Name).Set("aria-describedby", DescribedBy()).Set("aria-invalid", Wrong ? "true" : null));
    }
}
