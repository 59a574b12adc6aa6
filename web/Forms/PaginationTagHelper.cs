using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>On to the next page of a list, and back to its first; nothing where all of it is shown.</summary>
[HtmlTargetElement("pagination", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PaginationTagHelper(Texts texts) : TagHelper
{
    public const string After = "after";

    /// <summary>The list's cursor; null on its last page.</summary>
    public string? Next { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // What an expression leaves empty is as good as nothing.
        Next = string.IsNullOrEmpty(Next) ? null : Next;
        var first = !View.HttpContext.Request.Query.ContainsKey(After);
        // An attribute without a value comes as an empty text.
        var next = string.IsNullOrEmpty(Next) ? null : Next;
        if (first && next is null)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "app-pagination");
        output.Attributes.SetAttribute("aria-label", texts["pagination.label"]);
        if (!first)
            output.Content.AppendHtml(
                Element("a", "govuk-link", "← ", texts["pagination.first"]).Set("href", Url(null))
            );
        if (next is not null)
            output.Content.AppendHtml(
                Element("a", "govuk-link app-pagination__next", texts["pagination.next"], " →")
                    .Set("href", Url(next))
                    .Set("rel", "next")
            );
    }

    /// <summary>This page with its filters, from there on.</summary>
    private string Url(string? after)
    {
        var query = new QueryBuilder(View.HttpContext.Request.Query.Where(pair => pair.Key is not (After or "lang")));
        if (after is not null)
            query.Add(After, after);
        return View.HttpContext.Request.Path + query.ToQueryString();
    }
}
