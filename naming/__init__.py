"""Names for coding-agent tasks: a slug for machines and a title for people, made from the prompt.

    from naming import name_prompt

    name, title = name_prompt("please fix the login button")

That needs no server, no key and no network. Each line below imports only from the lines under it:

    cli                                     the command `naming` and its subcommands
    web | name_command | rename | evaluation
                                            doors: HTTP, names, old names, the benchmark
    wiring                                  puts the concrete parts together
    observability                           logs, metrics, traces
    claude | settings                       asking Claude | every environment variable
    shared_cache                            what replicas share
    chain                                   Claude, else the prompt's own words, else a random pair
    extraction | validation | random_name | uniqueness
                                            names from prompts | judging replies | pairs | suffixes
    template                                how names are put together: a team's convention
    tickets | work_kinds                    what a convention may ask of a prompt beside its words
    request                                 a cleaned prompt or conversation, and what it says
    cleaning                                takes out of a prompt what no person wrote
    slug, names                             from title to slug; the laws of names
    secrets                                 finding and hiding credentials
    text                                    Unicode, folding, words, scripts, language, word files

`outcome` says where a name came from. `data` holds words and phrases as text files. Read `names`,
then `chain`: together they are the product.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from naming.chain import name_prompt
    from naming.names import TaskName

__all__ = ["TaskName", "name_prompt"]
__version__ = "0.1.0"

# For a type checker every name would exist.
if not TYPE_CHECKING:  # pragma: no branch

    def __getattr__(name: str) -> object:
        """Import what the package offers when first asked for: `import naming` stays cheap."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("naming.chain"), name)
