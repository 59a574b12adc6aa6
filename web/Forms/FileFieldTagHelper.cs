using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>
/// Files to pick; says beforehand what may be sent. The form around it needs <c>enctype="multipart/form-data"</c>.
/// </summary>
[HtmlTargetElement("file-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FileFieldTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public string Accept { get; set; } = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

    public bool Multiple { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Hint ??= Texts[Multiple ? "file.limits-multiple" : "file.limits"];
        Group(
            output,
            Control("input", "govuk-file-upload").Set("type", "file").Set("accept", Accept).Flag("multiple", Multiple)
        );
    }
}
