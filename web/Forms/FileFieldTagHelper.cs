using Microsoft.AspNetCore.Razor.TagHelpers;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>Files to pick; says beforehand what may be sent. The form around it needs enctype="multipart/form-data".</summary>
[HtmlTargetElement("file-field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FileFieldTagHelper(FormState form, Texts texts) : FieldTagHelper(form, texts)
{
    public string Accept { get; set; } = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

    public bool Multiple { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Hint ??= Texts[Multiple ? "file.limits-multiple" : "file.limits"];
        Group(output, Element("input", "govuk-file-upload" + (Wrong ? " govuk-file-upload--error" : ""))
            .Set("id", Name).Set("name", Name).Set("type", "file").Set("accept", Accept).Flag("multiple", Multiple)
            .Set("aria-describedby", DescribedBy()).Set("aria-invalid", Wrong ? "true" : null));
    }
}
