using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>A group of things to do, each with its state in a word.</summary>
[HtmlTargetElement("task-list")]
public sealed class TaskListTagHelper : TagHelper
{
    /// <summary>The heading over the group.</summary>
    public string? Title { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        output.TagName = "section";
        output.Attributes.SetAttribute("class", "app-tasks");
        if (Title is not null)
            output.Content.AppendHtml(Element("h2", "govuk-heading-m app-tasks__title", Title));
        output.Content.AppendHtml(Element("ul", "govuk-task-list", items));
    }
}

/// <summary>One thing to do: a link, or plain text where there is nothing to open.</summary>
[HtmlTargetElement("task-item", ParentTag = "task-list", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TaskItemTagHelper(Texts texts) : TagHelper
{
    public string Text { get; set; } = "";

    public string? Href
    {
        get;
        set => field = Markup.OrNull(value);
    }

    public string Status { get; set; } = "";

    /// <summary>Instead of the status's own word.</summary>
    public string? StatusText
    {
        get;
        set => field = Markup.OrNull(value);
    }

    public string? Hint
    {
        get;
        set => field = Markup.OrNull(value);
    }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // What an expression leaves empty is as good as nothing.
        Href = string.IsNullOrEmpty(Href) ? null : Href;
        var (statusId, hintId) = ($"task-{context.UniqueId}-status", $"task-{context.UniqueId}-hint");
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute(
            "class",
            Classes("govuk-task-list__item", Href is null ? null : "govuk-task-list__item--with-link")
        );
        output.Content.AppendHtml(
            Element(
                "div",
                "govuk-task-list__name-and-hint",
                Href is null
                    ? Element("div", null, Text)
                    : Element("a", "govuk-link govuk-task-list__link", Text)
                        .Set("href", Href)
                        .Set("aria-describedby", Hint is null ? statusId : $"{hintId} {statusId}"),
                Hint is null ? null : Element("div", "govuk-task-list__hint", Hint).Set("id", hintId)
            )
        );
        output.Content.AppendHtml(
            Element(
                    "div",
                    "govuk-task-list__status",
                    StatusTagTagHelper.Tag(Status, StatusText ?? texts["status." + Status])
                )
                .Set("id", statusId)
        );
    }
}
