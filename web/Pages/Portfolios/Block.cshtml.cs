using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Portfolios;

/// <summary>One block of the portfolio: its entries, and what was said of it.</summary>
public sealed class BlockModel : ApplicationPage
{
    [FromRoute]
    public string Block { get; set; } = "";

    [FromQuery]
    public bool Saved { get; set; }

    public BlockDefinition Definition { get; private set; } = null!;

    public Block State { get; private set; } = null!;

    public bool Open => Application.Allows("submit") && IsOpen(Block) && State.Status != "not-applicable";

    public async Task OnGetAsync()
    {
        await LoadPortfolioAsync();
        Definition = Catalogue.Block(Block) ?? throw new ApiProblemException(404, "not-found");
        State = Portfolio.Block(Block) ?? throw new ApiProblemException(404, "not-found");
    }

    public string? ValueOf(FieldDefinition field, PortfolioEntry entry) => Shown.Value(field, entry, T);
}

/// <summary>A field of an entry as people read it.</summary>
public static class Shown
{
    public static string? Value(FieldDefinition field, PortfolioEntry entry, Texts texts)
    {
        if (!entry.Fields.TryGetValue(field.Key, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return field.Type switch
        {
            "date" => DateOnly.TryParseExact(
                value.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? texts.Day(day)
                : value.GetString(),
            "choice" => field.Choices?.FirstOrDefault(choice => choice.Key == value.GetString()) is { } choice
                ? texts.Name(choice.Name)
                : null,
            "year" => value.GetRawText(),
            "integer" or "decimal" => value.GetDecimal().ToString(texts.Culture),
            _ => value.GetString(),
        };
    }
}
