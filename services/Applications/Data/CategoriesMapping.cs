using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Categories;
using PedAtt.Applications.People;

namespace PedAtt.Applications.Data;

/// <summary>The tables of the record of categories, and of whose IIN an account has.</summary>
internal static class CategoriesMapping
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<KnownPerson>(person =>
        {
            person.ToTable("known_people");
            person.Property(row => row.Id).ValueGeneratedNever();
            person.HasIndex(row => row.Iin);
        });
        model.Entity<CategoryRecord>(record =>
        {
            record.ToTable("category_records");
            record.Property(row => row.Id).ValueGeneratedNever();
            record.HasIndex(row => row.PersonId);
            record
                .HasIndex(row => new
                {
                    row.Iin,
                    row.Category,
                    row.From,
                })
                .IsUnique()
                .HasFilter("iin is not null and corrected_at is null")
                .HasDatabaseName("one_record_an_award");
        });
    }
}
