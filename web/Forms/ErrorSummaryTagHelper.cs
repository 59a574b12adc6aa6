using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>What is wrong, on top of the page, with a link to each field; nothing where nothing is wrong.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper(FormState form, Texts texts) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!form.HasErrors)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "govuk-error-summary");
        output.Attributes.SetAttribute("data-module", "govuk-error-summary");
        output.Content.AppendHtml(
            Element(
                    "div",
                    null,
                    Element("h2", "govuk-error-summary__title", form.Problem?.Title ?? texts["error.summary"]),
                    Element(
                        "div",
                        "govuk-error-summary__body",
                        form.Problem?.Detail is { } detail ? Element("p", null, detail) : null,
                        form.Errors.Count == 0
                            ? null
                            : Element("ul", "govuk-list govuk-error-summary__list", form.Errors.Select(Line))
                    )
                )
                .Set("role", "alert")
        );
    }

    private object Line(FieldError error) =>
        Element(
            "li",
            null,
            Element("a", null, new Message(form, error))
                .Set("href", error.Field.StartsWith('/') ? error.Field : "#" + error.Field)
        );

    /// <summary>Written when the whole page is made: only by then the fields below have said what they are
    /// called.</summary>
    private sealed class Message(FormState form, FieldError error) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => encoder.Encode(writer, form.Summary(error));
    }
}
