using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using PedAtt.Web.Api;
using static PedAtt.Web.Forms.Markup;

namespace PedAtt.Web.Forms;

/// <summary>With whom an application is, and with whom it was and will be.</summary>
[HtmlTargetElement("stage-bar", Attributes = "status", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StageBarTagHelper(Texts texts) : TagHelper
{
    private static readonly string[] stages = ["teacher", "secretary", "state-service", "commission"];

    /// <summary>The application's status.</summary>
    public string Status { get; set; } = "";

    /// <summary>The reader is the teacher: the first stage is "you", and what waits there waits for the
    /// reader.</summary>
    public bool Own { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var current = Array.IndexOf(stages, ApplicationStatus.StageOf(Status));
        output.TagName = "ol";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "app-stages");
        output.Attributes.SetAttribute("aria-label", texts["stages.label"]);
        for (var stage = 0; stage < stages.Length; stage++)
            output.Content.AppendHtml(Stage(stage, current < 0 ? stages.Length : current));
    }

    private TagBuilder Stage(int stage, int current)
    {
        var state =
            stage < current ? "done"
            : stage == current ? "current"
            : "next";
        var attention = Own && state == "current" && Forms.Status.ToneOf(Status) is Tone.Attention or Tone.Refused;
        var name = stage == 0 && Own ? texts["stages.you"] : texts["stages." + stages[stage]];
        var css = Classes(
            "app-stages__stage",
            "app-stages__stage--" + state,
            attention ? "app-stages__stage--attention" : null
        );
        var mark = state == "done" ? "✓" : (stage + 1).ToString();
        return Element(
                "li",
                css,
                Element("span", "app-stages__mark", mark).Set("aria-hidden", "true"),
                Element("span", "app-stages__name", name, Hidden(" — " + texts["stages." + state]))
            )
            .Set("aria-current", state == "current" ? "step" : null);
    }
}
