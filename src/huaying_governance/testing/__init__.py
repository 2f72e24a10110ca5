"""检验工具: what the library ships so that others can prove their own parts: conformance of stores.

Needs the extra `testing` (pytest and hypothesis). Nothing here is imported by the rest of the library.
"""
