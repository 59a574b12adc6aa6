using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>A password, written back into a page only where that asks for it; it can be made visible where scripts
/// run.</summary>
[HtmlTargetElement("password-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PasswordFieldTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    private const string toggleCss =
        "govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle";

    /// <summary><c>current-password</c> or <c>new-password</c>.</summary>
    public string Autocomplete { get; set; } = "current-password";

    /// <summary>
    /// What was typed stays while something else of the form is mended: a new password is thought of once. Never of one
    /// that is known already.
    /// </summary>
    public bool Keep { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var input = Control("input", "govuk-input", "govuk-password-input__input govuk-js-password-input-input")
            .Set("type", "password")
            .Set("autocomplete", Autocomplete)
            .Set("value", Keep && !Wrong ? Form.Value(Name, null) : null)
            .Set("spellcheck", "false")
            .Set("autocapitalize", "none");
        var toggle = Element("button", toggleCss, Texts["password.show"])
            .Set("type", "button")
            .Set("aria-controls", Name)
            .Set("aria-label", Texts["password.show-long"])
            .Flag("hidden");
        Group(output, Element("div", "govuk-input__wrapper govuk-password-input__wrapper", input, toggle));
        output.AddClass("govuk-password-input", HtmlEncoder.Default);
        output.Attributes.SetAttribute("data-module", "govuk-password-input");
        output.Attributes.SetAttribute("data-i18n.show-password", Texts["password.show"]);
        output.Attributes.SetAttribute("data-i18n.hide-password", Texts["password.hide"]);
        output.Attributes.SetAttribute("data-i18n.show-password-aria-label", Texts["password.show-long"]);
        output.Attributes.SetAttribute("data-i18n.hide-password-aria-label", Texts["password.hide-long"]);
        output.Attributes.SetAttribute("data-i18n.password-shown-announcement", Texts["password.shown"]);
        output.Attributes.SetAttribute("data-i18n.password-hidden-announcement", Texts["password.hidden"]);
    }
}
