using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace PedAtt.Web.Forms;

/// <summary>Writes elements; the framework encodes whatever stands in them.</summary>
internal static class Markup
{
    public static TagBuilder Element(string name, string? css = null, params IEnumerable<object?> content)
    {
        var element = new TagBuilder(name);
        if (name == "input")
            element.TagRenderMode = TagRenderMode.SelfClosing;
        return element.Css(css).With(content);
    }

    /// <summary>Razor writes an attribute's null as nothing: nothing it is.</summary>
    public static string? OrNull(string? text) => text is "" ? null : text;

    /// <summary>What is null is left out.</summary>
    public static string Classes(params IEnumerable<string?> names) => string.Join(' ', names.OfType<string>());

    /// <summary>Adds texts and elements; what is null is left out.</summary>
    public static TagBuilder With(this TagBuilder element, params IEnumerable<object?> content)
    {
        foreach (var part in content)
        {
            if (part is IHtmlContent html)
                element.InnerHtml.AppendHtml(html);
            else if (part is not null)
                element.InnerHtml.Append(part.ToString()!);
        }
        return element;
    }

    public static TagBuilder Css(this TagBuilder element, string? css)
    {
        if (css is not null)
            element.MergeAttribute("class", css, replaceExisting: true);
        return element;
    }

    /// <summary>An attribute; null leaves it out.</summary>
    public static TagBuilder Set(this TagBuilder element, string name, object? value)
    {
        if (value is not null)
            element.MergeAttribute(name, value.ToString(), replaceExisting: true);
        return element;
    }

    /// <summary>An attribute without a value, like <c>hidden</c>.</summary>
    public static TagBuilder Flag(this TagBuilder element, string name, bool set = true)
    {
        if (set)
            element.MergeAttribute(name, "", replaceExisting: true);
        return element;
    }

    /// <summary>Said by a screen reader, not seen.</summary>
    public static TagBuilder Hidden(string text) => Element("span", "govuk-visually-hidden", text);
}
