"""Three legacy tasks as a file: what is tried where only the file around them matters."""

HEADER = "id,owner_id,name,display_name,prompt\n"
CSV = HEADER + "".join(
    f"{n},a,task-{n},T,fix the {word} page\n" for n, word in enumerate(("red", "blue", "green"))
)
