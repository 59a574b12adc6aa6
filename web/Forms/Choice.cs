namespace PedAtt.Web.Forms;

/// <summary>One of what a field offers: what is sent, what is read, what explains it.</summary>
public sealed record Choice(string Value, string Text, string? Hint = null);
