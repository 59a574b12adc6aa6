using System.Collections.Frozen;

namespace PedAtt.Web.Forms;

/// <summary>What a status means to its reader. Colour only underlines it: the word says it.</summary>
public enum Tone
{
    /// <summary>Nothing to do, nothing happens.</summary>
    Quiet,

    /// <summary>Somebody else works on it.</summary>
    Moving,

    /// <summary>Well done with.</summary>
    Done,

    /// <summary>Waits for the reader: the only gold on a page.</summary>
    Attention,

    /// <summary>Refused or unusable.</summary>
    Refused,
}

/// <summary>Of applications, blocks, files, documents, signatures, logins and letters: what each means.</summary>
public static class Status
{
    private static readonly FrozenDictionary<string, Tone> tones = new Dictionary<string, Tone>
    {
        ["new"] = Tone.Quiet,
        ["under-review"] = Tone.Moving,
        ["returned-for-revision"] = Tone.Attention,
        ["under-state-service-review"] = Tone.Moving,
        ["accepted-by-state-service"] = Tone.Done,
        ["refused-by-state-service"] = Tone.Refused,
        ["sent-to-commission"] = Tone.Moving,
        ["meets"] = Tone.Done,
        ["does-not-meet"] = Tone.Refused,
        ["one-level-lower"] = Tone.Moving,
        ["withdrawn"] = Tone.Quiet,

        ["empty"] = Tone.Quiet,
        ["in-progress"] = Tone.Moving,
        ["filled"] = Tone.Done,
        ["not-applicable"] = Tone.Quiet,
        ["returned"] = Tone.Attention,
        ["sent-back"] = Tone.Refused,
        ["accepted"] = Tone.Done,
        ["missing"] = Tone.Attention,

        ["pending"] = Tone.Moving,
        ["clean"] = Tone.Done,
        ["infected"] = Tone.Refused,
        ["unscannable"] = Tone.Refused,

        ["current"] = Tone.Done,
        ["superseded"] = Tone.Quiet,
        ["valid"] = Tone.Done,
        // A page signed by hand: somebody saw that it is signed, nobody could check the hand.
        ["scan-attached"] = Tone.Done,
        ["invalid"] = Tone.Refused,
        ["signed"] = Tone.Done,
        ["not-signed"] = Tone.Attention,

        ["overdue"] = Tone.Attention,
        ["active"] = Tone.Done,
        ["issued"] = Tone.Moving,
        ["blocked"] = Tone.Refused,
        ["expired"] = Tone.Quiet,
        ["failed"] = Tone.Refused,
        ["sent"] = Tone.Done,
    }.ToFrozenDictionary();

    public static IEnumerable<string> All => tones.Keys;

    /// <exception cref="KeyNotFoundException">A status that no page knows: a bug that the tests find.</exception>
    public static Tone ToneOf(string status) => tones[status];
}
